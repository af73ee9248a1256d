using System.Globalization;
using PixelPipeline.Dashboard.Questions;
using PixelPipeline.Dashboard.Views;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>The events over time, by type.</summary>
/// <param name="Grain">How long a bar is.</param>
/// <param name="Starts">When each bar begins, UTC, oldest first.</param>
/// <param name="Locals">The same on the viewer's clock.</param>
/// <param name="Series">At most six types, the one with most events first, and all others as one more.</param>
public sealed record SeriesContent(Grain Grain, IReadOnlyList<DateTime> Starts, IReadOnlyList<DateTime> Locals, IReadOnlyList<TypeSeries> Series) : PanelContent
{
    private static readonly string[] Columns = ["start", "local", "type", "other", "events"];

    /// <summary>All events of all bars.</summary>
    public long Total => Series.Sum(s => s.Total);

    /// <summary>The events of a bar, all types together.</summary>
    public long TotalOf(int bar) => Series.Sum(s => s.Events[bar]);

    /// <summary>A row for each bar and type; <c>other</c> is true for the rest, whose type is NULL.</summary>
    public override Answer Table => new(
        Columns,
        [.. Starts.SelectMany((start, bar) => Series.Select(s => new object?[] { start, Locals[bar].ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture), s.Type, s.IsOther, s.Events[bar] }))]);
}

/// <summary>One type's events, bar by bar.</summary>
/// <param name="Type">The type; null for events without one, and for the rest.</param>
/// <param name="IsOther">True for the rest: all types that are not shown by name.</param>
/// <param name="Events">How many events each bar has.</param>
public sealed record TypeSeries(string? Type, bool IsOther, IReadOnlyList<long> Events)
{
    /// <summary>The events of all bars.</summary>
    public long Total => Events.Sum();
}
