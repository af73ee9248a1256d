using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>What there is in all, now and in the period before.</summary>
/// <param name="Now">Of the period.</param>
/// <param name="Before">Of the one before it, as far as this one has got.</param>
public sealed record FiguresContent(Figures Now, Figures Before) : PanelContent
{
    /// <inheritdoc/>
    public override Answer Table => new(
        ["period", "visitors", "views", "events", "machines", "everything"],
        [Row("now", Now), Row("before", Before)]);

    private static object?[] Row(string period, Figures of) => [period, of.Visitors, of.Views, of.Events, of.Machines, of.Everything];
}

/// <summary>The words that the whole page uses, defined in docs/dashboard.md.</summary>
/// <param name="Visitors">Browsers a day (UTC): each <c>visitor</c>, or user where there is none, once a day.</param>
/// <param name="Views">Events of the type <c>view</c>.</param>
/// <param name="Events">All events.</param>
/// <param name="Machines">Events that no person caused, be they counted or not.</param>
/// <param name="Everything">Events of people and machines.</param>
public sealed record Figures(long Visitors, long Views, long Events, long Machines, long Everything);
