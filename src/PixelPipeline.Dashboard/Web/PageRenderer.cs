using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;
using PixelPipeline.Dashboard.Pages;
using PixelPipeline.Dashboard.Snapshots;

namespace PixelPipeline.Dashboard.Web;

/// <summary>Makes HTML of readings, by components that encode every value.</summary>
internal sealed class PageRenderer(DashboardOptions options, IServiceProvider services, ILoggerFactory logs)
{
    /// <summary>The whole page.</summary>
    public async Task<string> PageAsync(Snapshot snapshot)
    {
        await using var renderer = new HtmlRenderer(services, logs);
        return await RenderAsync<DashboardPage>(renderer, new()
        {
            [nameof(DashboardPage.Snapshot)] = snapshot,
            [nameof(DashboardPage.Options)] = options,
            [nameof(DashboardPage.Style)] = Asset.Style.Path,
            [nameof(DashboardPage.Script)] = Asset.Script.Path,
            [nameof(DashboardPage.Icon)] = Asset.Icon.Path,
        });
    }

    /// <summary>The parts of it that change, each one element with an id, in the page's order.</summary>
    public async Task<IReadOnlyList<string>> PartsAsync(Snapshot snapshot)
    {
        await using var renderer = new HtmlRenderer(services, logs); // keeps all that it renders, so each reading has its own
        List<string> parts =
        [
            await RenderAsync<StateLine>(renderer, new() { [nameof(StateLine.Snapshot)] = snapshot, [nameof(StateLine.Options)] = options }),
        ];
        foreach (var state in snapshot.Panels)
        {
            parts.Add(await RenderAsync<PanelFrame>(renderer, new()
            {
                [nameof(PanelFrame.State)] = state,
                [nameof(PanelFrame.ProblemIsShared)] = snapshot.Problem is not null,
            }));
        }

        return parts;
    }

    private static Task<string> RenderAsync<TComponent>(HtmlRenderer renderer, Dictionary<string, object?> parameters)
        where TComponent : IComponent => renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(parameters))).ToHtmlString().Trim());
}
