using PixelPipeline.Events;
using PixelPipeline.Tables;

namespace PixelPipeline.Writing;

/// <summary>What becomes of one log entry: a closed family. Every entry gets exactly one of them.</summary>
public abstract record EntryOutcome
{
    private EntryOutcome()
    {
    }

    /// <summary>The entry is an event: its row is for this table, or, once committed, stands in it.</summary>
    /// <param name="Row">The row.</param>
    /// <param name="Table">The table that the layout chose.</param>
    public sealed record Written(EventRow Row, TableName Table) : EntryOutcome;

    /// <summary>The entry is no event and was meant to be none; it is counted and stored nowhere.</summary>
    /// <param name="Reason">Which case it is.</param>
    public sealed record Ignored(IgnoredReason Reason) : EntryOutcome;

    /// <summary>The entry should have been an event; it is kept whole in the table of rejected entries.</summary>
    /// <param name="EventId">The event id that it would have had.</param>
    /// <param name="Reason">Which case it is.</param>
    /// <param name="Column">The column concerned; null where the case has none.</param>
    /// <param name="Message">One sentence for the operator. For an invalid row it is BigQuery's, which may quote a value; else no value that the client sent is in it.</param>
    public sealed record Rejected(string EventId, RejectedReason Reason, string? Column, string Message) : EntryOutcome;
}
