using System.Text;
using PixelPipeline.Agents;
using PixelPipeline.Logs;
using PixelPipeline.Signing;

namespace PixelPipeline.Events.Sources;

/// <summary>What the sources of one event's columns read. What is asked for twice is made once.</summary>
/// <param name="entry">The event's log entry.</param>
/// <param name="query">The query of the request; empty for an event of the collector.</param>
/// <param name="schema">The event's schema.</param>
/// <param name="attributes">The texts of the attributes, at their columns' indexes.</param>
internal ref struct EventFacts(in LogEntry entry, ReadOnlySpan<byte> query, EventSchema schema, ReadOnlySpan<object?> attributes)
{
    private readonly ReadOnlySpan<byte> _query = query;
    private readonly ReadOnlySpan<object?> _attributes = attributes;
    private string? _eventId;
    private Agent? _agent;
    private SignatureVerdict? _signature;

    /// <summary>The event's log entry.</summary>
    public readonly LogEntry Entry = entry;

    /// <summary>The event id.</summary>
    public string EventId => _eventId ??= Entry.EventId.MakeEventId();

    /// <summary>What the user agent tells.</summary>
    public Agent Agent => _agent ??= AgentReader.Read(Entry.UserAgent, hasReferer: !Entry.Referer.IsEmpty);

    /// <summary>What its signature tells; null where nobody looks.</summary>
    public SignatureVerdict? Signature => _signature ??= schema.Signing is { } rule ? Judge(rule) : null;

    /// <summary>The event's instant, UTC, whole microseconds.</summary>
    public readonly DateTime EventTime => Entry.Timestamp.ToMicroseconds();

    /// <summary>
    /// A field's text, at most <see cref="EventSchema.MaxValueBytes"/>, cut between two characters; null where there is
    /// nothing. Bytes that are no UTF-8 count as the longer U+FFFD that stands for them.
    /// </summary>
    public static string? Text(ReadOnlySpan<byte> field) => field.IsEmpty ? null : EventSchema.CutToBound(Encoding.UTF8.GetString(field));

    /// <summary>The text of an attribute as it was sent; null where there is none, or the schema has no such attribute.</summary>
    public readonly string? Attribute(string name) =>
        schema.IndexOf(name) is var index and >= 0 && schema.SourceAt(index) is null ? _attributes[index] as string : null;

    private readonly SignatureVerdict Judge(SigningRule rule)
    {
        var signed = new KeyValuePair<string, string?>[rule.Attributes.Length];
        for (var i = 0; i < signed.Length; i++)
        {
            signed[i] = new(rule.Attributes[i], Attribute(rule.Attributes[i]));
        }

        return rule.Judge(Attributes.Find(in Entry, _query, HitSignature.Parameter), EventTime, signed);
    }
}
