using System.Collections.Immutable;
using PixelPipeline.Events;

namespace PixelPipeline.Writing;

/// <summary>The table of rejected entries: its columns, and the row of one rejection.</summary>
public static class RejectedEntries
{
    /// <summary>
    /// The <c>reason</c> of a row that says of an earlier rejection of the same <c>event_id</c>: it has become an event
    /// after all. Appended, since rows in BigQuery's streaming buffer cannot be changed.
    /// </summary>
    public const string ResolvedReason = "resolved";

    /// <summary>
    /// <c>rejected_time</c>, <c>event_id</c>, <c>reason</c>, <c>column</c>, <c>message</c> and <c>entry</c>, as
    /// <c>deploy/rejected-schema.json</c> declares them.
    /// </summary>
    public static ImmutableArray<Column> Columns { get; } = ReadColumns();

    /// <summary>The row that keeps a rejected entry.</summary>
    /// <param name="rejected">Why, and the event id.</param>
    /// <param name="entry">The raw entry; copied.</param>
    /// <param name="now">The time of the rejection, UTC.</param>
    public static EventRow ToRow(EntryOutcome.Rejected rejected, ReadOnlySpan<byte> entry, DateTime now)
    {
        var time = ToMicroseconds(now);
        return new EventRow(rejected.EventId, time, Columns,
            [time, rejected.EventId, rejected.Reason.ToLabel(), rejected.Column, rejected.Message, entry.ToArray()]);
    }

    /// <summary>The row that resolves a rejection.</summary>
    /// <param name="eventId">The rejected entry's event id.</param>
    /// <param name="message">Where the event is now.</param>
    /// <param name="now">The time of the resolution, UTC.</param>
    public static EventRow ToResolution(string eventId, string message, DateTime now)
    {
        var time = ToMicroseconds(now);
        return new EventRow($"{eventId}-{ResolvedReason}", time, Columns, [time, eventId, ResolvedReason, null, message, null]);
    }

    private static DateTime ToMicroseconds(DateTime now) => new(now.Ticks - (now.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);

    private static ImmutableArray<Column> ReadColumns()
    {
        const string name = "rejected-schema.json";
        using var resource = typeof(RejectedEntries).Assembly.GetManifestResourceStream(name)!;
        var json = new byte[resource.Length];
        resource.ReadExactly(json);
        return SchemaFile.Parse(json, name).Columns;
    }
}
