using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PixelPipeline.Dashboard.Hosting;
using PixelPipeline.Dashboard.Pages;
using PixelPipeline.Dashboard.Views;

namespace PixelPipeline.Dashboard.Web;

/// <summary>What people can have the host do. Each ends at the page that it was asked from, which shows how it ended.</summary>
internal sealed class HostRoutes(HostDesk desk, DashboardOptions options)
{
    private const string Reason = "reason";

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapPost(HostPaths.Examine, context => DoAsync(context, "health", desk.ExamineAsync)).WithMetadata(ChangingEndpoint.Mark);
        app.MapPost(HostPaths.Replay, context => DoAsync(context, "rejected", ct => desk.ReplayAsync(ReasonIn(context), ct))).WithMetadata(ChangingEndpoint.Mark);
    }

    private async Task DoAsync(HttpContext context, string panel, Func<CancellationToken, Task> act)
    {
        View view;
        try
        {
            view = ViewReader.Read(new QueryCollection(context.Request.Query.Where(p => p.Key != Reason).ToDictionary()), options.TimeZone);
        }
        catch (UnreadableViewException e)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync($"{e.Message}\n", context.RequestAborted);
            return;
        }

        await act(context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = $"{view.Address}#panel-{panel}";
    }

    private static string? ReasonIn(HttpContext context) => context.Request.Query[Reason].ToString() is { Length: > 0 } reason ? reason : null;
}
