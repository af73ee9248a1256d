using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using PixelPipeline.Dashboard.Pages;
using PixelPipeline.Dashboard.Snapshots;
using PixelPipeline.Dashboard.Users;
using PixelPipeline.Dashboard.Views;

namespace PixelPipeline.Dashboard.Web;

/// <summary>The addresses of one user: a page, read when it is asked for, and its events as files.</summary>
internal sealed class UserRoutes(UserReader users, PageRenderer renderer, DashboardOptions options, ILogger logger)
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods("/user", Methods, PageAsync);
        app.MapMethods("/user.csv", Methods, context => FileAsync(context, "text/csv; charset=utf-8", (_, h) => System.Text.Encoding.UTF8.GetBytes(PanelFile.ToCsv(h.Events))));
        app.MapMethods("/user.json", Methods, context => FileAsync(context, "application/json", (time, h) => PanelFile.ToJson("user", time, h.Question, h.Events)));
    }

    private async Task PageAsync(HttpContext context)
    {
        var (user, view, history, problem, status) = await ReadAsync(context);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(
            await renderer.PageAsync<UserPage>(new()
            {
                [nameof(UserPage.User)] = user,
                [nameof(UserPage.View)] = view,
                [nameof(UserPage.History)] = history,
                [nameof(UserPage.Problem)] = problem,
            }),
            context.RequestAborted);
    }

    private async Task FileAsync(HttpContext context, string contentType, Func<DateTime, UserHistory, byte[]> write)
    {
        var (_, _, history, problem, status) = await ReadAsync(context);
        if (history is null)
        {
            context.Response.StatusCode = problem is null ? StatusCodes.Status404NotFound : status;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync($"{problem ?? "There are no tables yet."}\n", context.RequestAborted);
            return;
        }

        context.Response.ContentType = contentType;
        await context.Response.Body.WriteAsync(write(options.TimeProvider.GetUtcNow().UtcDateTime, history), context.RequestAborted);
    }

    private async Task<(string User, View View, UserHistory? History, string? Problem, int Status)> ReadAsync(HttpContext context)
    {
        var usual = new View { Zone = options.TimeZone };
        var user = context.Request.Query["id"].ToString();
        try
        {
            var view = ViewReader.Read(new QueryCollection(context.Request.Query.Where(p => p.Key != "id").ToDictionary()), options.TimeZone);
            return user.Length == 0
                ? throw new UnreadableViewException("The address names no user: /user?id=alice.")
                : (user, view, await users.ReadAsync(user, view.Zone, context.RequestAborted), null, StatusCodes.Status200OK);
        }
        catch (UnreadableViewException e)
        {
            return (user, usual, null, e.Message, StatusCodes.Status400BadRequest);
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
        {
            if (!PlainWords.Knows(e))
            {
                logger.LogError(e, "The reading of a user failed");
            }

            return (user, usual, null, PlainWords.Of(e, options), StatusCodes.Status503ServiceUnavailable);
        }
    }
}
