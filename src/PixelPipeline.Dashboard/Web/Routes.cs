using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using PixelPipeline.Dashboard.Panels;
using PixelPipeline.Dashboard.Snapshots;

namespace PixelPipeline.Dashboard.Web;

/// <summary>The addresses of the dashboard.</summary>
/// <param name="readings">What all viewers share.</param>
/// <param name="renderer">Makes the page.</param>
/// <param name="pageWait">How long a page waits for a reading.</param>
/// <param name="stopping">Ends the streams when the server stops.</param>
internal sealed class Routes(SharedReading<Edition> readings, PageRenderer renderer, TimeSpan pageWait, CancellationToken stopping)
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public void Map(WebApplication app)
    {
        app.MapMethods("/", Methods, PageAsync);
        app.MapMethods("/live", Methods, LiveAsync);
        foreach (var asset in Asset.All)
        {
            app.MapMethods(asset.Path, Methods, (HttpContext context) => asset.SendAsync(context));
        }

        for (var i = 0; i < Panel.All.Count; i++)
        {
            var place = i;
            app.MapMethods($"/panels/{Panel.All[i].Name}.csv", Methods, context => CsvAsync(context, place));
            app.MapMethods($"/panels/{Panel.All[i].Name}.json", Methods, context => JsonAsync(context, place));
        }
    }

    private async Task PageAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(await renderer.PageAsync(await SnapshotAsync(context.RequestAborted)), context.RequestAborted);
    }

    /// <summary>The reading of now; where that takes long, the one before, since the stream brings the next.</summary>
    private async Task<Snapshot> SnapshotAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await readings.GetAsync(cancellationToken).WaitAsync(pageWait, cancellationToken)).Snapshot;
        }
        catch (TimeoutException)
        {
            return readings.Last?.Snapshot ?? Snapshot.Nothing;
        }
    }

    private async Task LiveAsync(HttpContext context)
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.ContentType = "text/event-stream";
            return;
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        await TypedResults.ServerSentEvents(ChangesAsync(ending.Token), eventType: "part").ExecuteAsync(context);
    }

    /// <summary>Every part once, which the page may have older, and from then on those that changed.</summary>
    private async IAsyncEnumerable<string> ChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<string> sent = [];
        await foreach (var edition in readings.WatchAsync(cancellationToken))
        {
            for (var i = 0; i < edition.Parts.Count; i++)
            {
                if (i >= sent.Count || sent[i] != edition.Parts[i])
                {
                    yield return edition.Parts[i];
                }
            }

            sent = edition.Parts;
        }
    }

    private Task CsvAsync(HttpContext context, int place) => FileAsync(
        context, place, "text/csv; charset=utf-8", (_, content) => System.Text.Encoding.UTF8.GetBytes(PanelFile.ToCsv(content)), "csv");

    private Task JsonAsync(HttpContext context, int place) => FileAsync(context, place, "application/json", PanelFile.ToJson, "json");

    private async Task FileAsync(HttpContext context, int place, string contentType, Func<PanelState, PanelContent, byte[]> write, string extension)
    {
        var state = (await readings.GetAsync(context.RequestAborted)).Snapshot.Panels[place];
        if (state.Content is null)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync($"{state.Problem}\n", context.RequestAborted);
            return;
        }

        context.Response.ContentType = contentType;
        context.Response.Headers.ContentDisposition = $"inline; filename={state.Panel.Name}.{extension}";
        await context.Response.Body.WriteAsync(write(state, state.Content), context.RequestAborted);
    }
}
