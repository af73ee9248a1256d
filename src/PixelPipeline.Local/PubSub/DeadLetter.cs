namespace PixelPipeline.Local.PubSub;

/// <summary>A message that the function refused so often that it was given up, kept for an operator to look at.</summary>
/// <param name="MessageId">The message's id, digits; it keeps it when it is delivered again.</param>
/// <param name="Segment">The segment of the access log that the entry stood in: <c>20261121T015025123Z</c>.</param>
/// <param name="Offset">Where in that segment, in bytes.</param>
/// <param name="Attempts">Failed attempts.</param>
/// <param name="LastStatus">How the last one ended: an HTTP status, <c>deadline</c> or <c>connection</c>.</param>
/// <param name="Time">When it was given up, UTC.</param>
/// <param name="Entry">The log entry, JSON in UTF-8, byte by byte as it was pushed.</param>
public sealed record DeadLetter(
    string MessageId,
    string Segment,
    long Offset,
    int Attempts,
    string LastStatus,
    DateTimeOffset Time,
    ReadOnlyMemory<byte> Entry);
