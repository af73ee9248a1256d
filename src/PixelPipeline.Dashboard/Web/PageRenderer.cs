using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;
using PixelPipeline.Dashboard.Pages;
using PixelPipeline.Dashboard.Snapshots;

namespace PixelPipeline.Dashboard.Web;

/// <summary>Makes HTML of readings, by components that encode every value.</summary>
internal sealed class PageRenderer(DashboardOptions options, IServiceProvider services, ILoggerFactory logs)
{
    private static readonly AssetPaths Assets = new(Asset.Style.Path, Asset.Script.Path, Asset.Icon.Path);

    /// <summary>The whole page.</summary>
    public Task<string> PageAsync(Snapshot snapshot) => PageAsync<DashboardPage>(new() { [nameof(DashboardPage.Snapshot)] = snapshot });

    /// <summary>A page of another kind, given its parameters besides those that all pages have.</summary>
    public async Task<string> PageAsync<TPage>(Dictionary<string, object?> parameters)
        where TPage : IComponent
    {
        await using var renderer = new HtmlRenderer(services, logs);
        return await RenderAsync<TPage>(renderer, new(parameters) { ["Options"] = options, ["Asset"] = Assets });
    }

    /// <summary>The parts of the dashboard that change, each one element with an id, in the page's order.</summary>
    public async Task<IReadOnlyList<string>> PartsAsync(Snapshot snapshot)
    {
        await using var renderer = new HtmlRenderer(services, logs); // keeps all that it renders, so each reading has its own
        List<string> parts =
        [
            await RenderAsync<StateLine>(renderer, new() { [nameof(StateLine.Snapshot)] = snapshot, [nameof(StateLine.Options)] = options }),
        ];
        foreach (var state in snapshot.Panels)
        {
            parts.Add(await RenderAsync<PanelFrame>(renderer, new() { [nameof(PanelFrame.State)] = state, [nameof(PanelFrame.Snapshot)] = snapshot }));
        }

        return parts;
    }

    private static Task<string> RenderAsync<TComponent>(HtmlRenderer renderer, Dictionary<string, object?> parameters)
        where TComponent : IComponent => renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(parameters))).ToHtmlString().Trim());
}
