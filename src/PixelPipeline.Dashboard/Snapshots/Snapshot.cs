using PixelPipeline.Dashboard.Panels;

namespace PixelPipeline.Dashboard.Snapshots;

/// <summary>All panels as one reading left them.</summary>
/// <param name="ReadAt">When the reading began, UTC; null where there was none yet.</param>
/// <param name="Panels">Every panel, in the page's order.</param>
/// <param name="HasTables">False where a reading found no tables: the pipeline is another one, or has never run.</param>
public sealed record Snapshot(DateTime? ReadAt, IReadOnlyList<PanelState> Panels, bool HasTables)
{
    /// <summary>Before the first reading.</summary>
    public static Snapshot Nothing { get; } = new(null, [.. Panel.All.Select(p => new PanelState(p, null, null, null, null))], HasTables: true);

    /// <summary>What is wrong with all panels alike; null where nothing is, or each has a problem of its own.</summary>
    public string? Problem => Panels[0].Problem is { } problem && Panels.All(p => p.Problem == problem) ? problem : null;

    /// <summary>When the oldest of what is shown was read, UTC; null where nothing is shown.</summary>
    public DateTime? DataFrom => Panels.Min(p => p.ReadAt);

    /// <summary>True where a good reading found no event at all.</summary>
    public bool IsEmpty => Panels.Any(p => p.Content is EventsContent { Events.Rows.Count: 0 });
}
