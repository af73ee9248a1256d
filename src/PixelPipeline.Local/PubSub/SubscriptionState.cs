using System.Text.Json.Serialization;
using PixelPipeline.Local.AccessLog;

namespace PixelPipeline.Local.PubSub;

/// <summary>
/// What is durable about a subscription: everything before <see cref="ReadTo"/> is done with, except for what is
/// <see cref="Outstanding"/>. That says the same as the set of acknowledged positions, but stays small however many
/// messages are acknowledged behind one that waits.
/// </summary>
internal sealed record SubscriptionState(SavedPosition ReadTo, IReadOnlyList<OutstandingMessage> Outstanding)
{
    /// <summary>The state of a subscription that has delivered nothing yet.</summary>
    public static readonly SubscriptionState Initial = new(SavedPosition.From(default), []);

    /// <summary>The oldest segment that is still needed.</summary>
    [JsonIgnore]
    public SegmentId OldestSegment =>
        Outstanding.Select(message => message.At.ToPosition().Segment).Append(ReadTo.ToPosition().Segment).Min();
}

/// <summary>A message that is neither acknowledged nor given up.</summary>
/// <param name="At">Where its entry stands.</param>
/// <param name="Attempts">Failed attempts so far.</param>
internal sealed record OutstandingMessage(SavedPosition At, int Attempts);

/// <summary>A position of the access log as it is saved: the segment's name and the offset in bytes.</summary>
internal sealed record SavedPosition(string Segment, long Offset)
{
    public static SavedPosition From(LogPosition position) => new(position.Segment.Name, position.Offset);

    /// <exception cref="FormatException">The segment's name is not a segment's.</exception>
    public LogPosition ToPosition() => SegmentId.TryParseName(Segment, out var id)
        ? new(id, Offset)
        : throw new FormatException("Not the name of a segment.");
}
