using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PixelPipeline.Dashboard.Panels;
using PixelPipeline.Dashboard.Snapshots;
using PixelPipeline.Dashboard.Views;

namespace PixelPipeline.Dashboard.Web;

/// <summary>The addresses of the dashboard.</summary>
/// <param name="readings">What viewers share.</param>
/// <param name="renderer">Makes the page.</param>
/// <param name="options">How long a page waits for a reading, and the usual time zone.</param>
/// <param name="stopping">Ends the streams when the server stops.</param>
internal sealed class Routes(Readings readings, PageRenderer renderer, DashboardOptions options, CancellationToken stopping)
{
    private const string Html = "text/html; charset=utf-8";

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods("/", Methods, PageAsync);
        app.MapMethods("/live", Methods, LiveAsync);
        foreach (var asset in Asset.All)
        {
            app.MapMethods(asset.Path, Methods, (HttpContext context) => asset.SendAsync(context));
        }

        foreach (var panel in Panel.All)
        {
            app.MapMethods($"/panels/{panel.Name}.csv", Methods, context => CsvAsync(context, panel));
            app.MapMethods($"/panels/{panel.Name}.json", Methods, context => JsonAsync(context, panel));
        }
    }

    private Task PageAsync(HttpContext context) => WithViewAsync(context, async view =>
    {
        using var lease = readings.Take(view);
        var snapshot = await SnapshotAsync(lease.Reading, view, context.RequestAborted);
        context.Response.StatusCode = snapshot.ViewProblem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        context.Response.ContentType = Html;
        await context.Response.WriteAsync(await renderer.PageAsync(snapshot), context.RequestAborted);
    });

    /// <summary>The reading of now; where that takes long, the one before, since the stream brings the next.</summary>
    private async Task<Snapshot> SnapshotAsync(SharedReading<Edition> reading, View view, CancellationToken cancellationToken)
    {
        try
        {
            return (await reading.GetAsync(cancellationToken).WaitAsync(options.PageWait, cancellationToken)).Snapshot;
        }
        catch (TimeoutException)
        {
            return reading.Last?.Snapshot ?? Snapshot.Nothing(view, options.TimeProvider.GetUtcNow().UtcDateTime);
        }
    }

    private Task LiveAsync(HttpContext context) => WithViewAsync(context, async view =>
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.ContentType = "text/event-stream";
            return;
        }

        using var lease = readings.Take(view);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        await TypedResults.ServerSentEvents(ChangesAsync(lease.Reading, ending.Token), eventType: "part").ExecuteAsync(context);
    });

    /// <summary>Every part once, which the page may have older, and from then on those that changed.</summary>
    private static async IAsyncEnumerable<string> ChangesAsync(SharedReading<Edition> reading, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<string> sent = [];
        await foreach (var edition in reading.WatchAsync(cancellationToken))
        {
            foreach (var part in edition.Parts.Except(sent))
            {
                yield return part;
            }

            sent = edition.Parts;
        }
    }

    /// <summary>Does what an address asks for, or says what is wrong with it.</summary>
    private async Task WithViewAsync(HttpContext context, Func<View, Task> answer)
    {
        View view;
        try
        {
            view = ViewReader.Read(context.Request.Query, options.TimeZone);
        }
        catch (UnreadableViewException e)
        {
            var usual = new View { Zone = options.TimeZone };
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            context.Response.ContentType = Html;
            await context.Response.WriteAsync(
                await renderer.PageAsync(Snapshot.Nothing(usual, options.TimeProvider.GetUtcNow().UtcDateTime) with { ViewProblem = e.Message }), context.RequestAborted);
            return;
        }

        await answer(view);
    }

    private Task CsvAsync(HttpContext context, Panel panel) => FileAsync(
        context, panel, "text/csv; charset=utf-8", (_, content) => System.Text.Encoding.UTF8.GetBytes(PanelFile.ToCsv(content)), "csv");

    private Task JsonAsync(HttpContext context, Panel panel) => FileAsync(context, panel, "application/json", PanelFile.ToJson, "json");

    private Task FileAsync(HttpContext context, Panel panel, string contentType, Func<PanelState, PanelContent, byte[]> write, string extension) => WithViewAsync(context, async view =>
    {
        using var lease = readings.Take(view);
        var snapshot = (await lease.Reading.GetAsync(context.RequestAborted)).Snapshot;
        var state = snapshot.Panels.FirstOrDefault(p => p.Panel == panel);
        if (state?.Content is null)
        {
            var (status, words) = snapshot.ViewProblem is { } wrong ? (StatusCodes.Status400BadRequest, wrong)
                : (state?.Problem ?? snapshot.Problem) is { } problem ? (StatusCodes.Status503ServiceUnavailable, problem)
                : (StatusCodes.Status404NotFound, "There is no such panel for this schema and period.");
            context.Response.StatusCode = status;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync($"{words}\n", context.RequestAborted);
            return;
        }

        context.Response.ContentType = contentType;
        context.Response.Headers.ContentDisposition = $"inline; filename={panel.Name}.{extension}";
        await context.Response.Body.WriteAsync(write(state, state.Content), context.RequestAborted);
    });
}
