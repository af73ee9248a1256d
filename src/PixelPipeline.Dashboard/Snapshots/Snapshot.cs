using PixelPipeline.Dashboard.Panels;
using PixelPipeline.Dashboard.Views;

namespace PixelPipeline.Dashboard.Snapshots;

/// <summary>All panels as one reading left them.</summary>
/// <param name="View">What they are about.</param>
/// <param name="Period">Its period as of the reading.</param>
/// <param name="ReadAt">When the reading began, UTC; null where there was none yet.</param>
/// <param name="Panels">The panels that this page has, in its order.</param>
/// <param name="HasTables">False where a reading found no tables: the pipeline is another one, or has never run.</param>
public sealed record Snapshot(View View, Period Period, DateTime? ReadAt, IReadOnlyList<PanelState> Panels, bool HasTables)
{
    /// <summary>The columns whose values can be listed, in the schema's order.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>What is wrong with the address, in plain words; null where nothing is.</summary>
    public string? ViewProblem { get; init; }

    /// <summary>What kept the reading from being made at all, in plain words; null where nothing did.</summary>
    public string? ReadingProblem { get; init; }

    /// <summary>What was counted to see whether anything has changed.</summary>
    internal Pulse? Pulse { get; init; }

    /// <summary>What is kept of the days that are over, with what it was asked of and what was counted when it was right.</summary>
    internal (ClosedDays Days, Asking Asking, Pulse Pulse)? Closed { get; init; }

    /// <summary>Before the first reading.</summary>
    public static Snapshot Nothing(View view, DateTime now) =>
        new(view, Period.Of(view.Range, view.Zone, view.Grain, now), null, [], HasTables: true);

    /// <summary>What is wrong with all panels alike; null where nothing is, or each has a problem of its own.</summary>
    public string? Problem => ViewProblem ?? ReadingProblem
        ?? (Panels is [{ Problem: { } problem }, ..] && Panels.All(p => p.Problem == problem) ? problem : null);

    /// <summary>When the oldest of what is shown was read, UTC; null where nothing is shown.</summary>
    public DateTime? DataFrom => Panels.Min(p => p.ReadAt);

    /// <summary>True where a good reading found no event at all, neither of people nor of machines.</summary>
    public bool IsEmpty => ReadAt is not null && (!HasTables || Panels.Any(p => p.Content is FiguresContent { Now.Everything: 0 }));

    /// <summary>A panel's content of this kind; null where there is none.</summary>
    public T? Content<T>()
        where T : PanelContent => Panels.Select(p => p.Content).OfType<T>().FirstOrDefault();
}
