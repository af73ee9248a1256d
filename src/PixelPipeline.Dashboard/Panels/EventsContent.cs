using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>Events with whatever columns the schema gives them, the newest first.</summary>
/// <param name="Events">The events as BigQuery has them.</param>
public sealed record EventsContent(Answer Events) : PanelContent
{
    private static readonly string[] First = ["event_time", "user_id", "type"];

    /// <inheritdoc/>
    public override Answer Table => Events;

    /// <summary>The places of the columns that the page shows: time, user, type, then the others; not the event's id.</summary>
    public IReadOnlyList<int> ShownColumns { get; } =
    [
        .. First.Select(Events.IndexOf).Where(i => i >= 0),
        .. Enumerable.Range(0, Events.Columns.Count).Where(i => Events.Columns[i] != "event_id" && !First.Contains(Events.Columns[i])),
    ];
}
