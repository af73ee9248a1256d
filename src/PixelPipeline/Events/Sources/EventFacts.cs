using System.Text;
using PixelPipeline.Logs;

namespace PixelPipeline.Events.Sources;

/// <summary>What the sources of one event's columns read.</summary>
/// <param name="entry">The event's log entry.</param>
internal ref struct EventFacts(in LogEntry entry)
{
    private string? _eventId;

    /// <summary>The event's log entry.</summary>
    public readonly LogEntry Entry = entry;

    /// <summary>The event id, made when it is first asked for.</summary>
    public string EventId => _eventId ??= Entry.EventId.MakeEventId();

    /// <summary>The event's instant, UTC, whole microseconds.</summary>
    public readonly DateTime EventTime => Entry.Timestamp.ToMicroseconds();

    /// <summary>
    /// A field's text, at most <see cref="EventSchema.MaxValueBytes"/>, cut between two characters; null where there is
    /// nothing. Bytes that are no UTF-8 count as the longer U+FFFD that stands for them.
    /// </summary>
    public static string? Text(ReadOnlySpan<byte> field) => field.IsEmpty ? null : EventSchema.CutToBound(Encoding.UTF8.GetString(field));
}
