namespace PixelPipeline.Logs;

/// <summary>The times of a log entry as they stand there: UTF-8 views into it; an absent one is empty, and neither need be a time.</summary>
/// <param name="timestamp">When the front end received the request.</param>
/// <param name="receiveTimestamp">When Cloud Logging received the entry.</param>
public readonly ref struct EntryTimes(ReadOnlySpan<byte> timestamp, ReadOnlySpan<byte> receiveTimestamp)
{
    /// <summary>When the front end received the request.</summary>
    public ReadOnlySpan<byte> Timestamp { get; } = timestamp;

    /// <summary>When Cloud Logging received the entry.</summary>
    public ReadOnlySpan<byte> ReceiveTimestamp { get; } = receiveTimestamp;

    /// <summary>Reads the times of an entry.</summary>
    /// <param name="entry">Any bytes.</param>
    /// <param name="times">The times.</param>
    /// <returns>False where the bytes are not one JSON object.</returns>
    public static bool TryRead(ReadOnlySpan<byte> entry, out EntryTimes times)
    {
        var fields = new LogEntryFields();
        var isRead = LogEntryJson.TryReadFields(entry, ref fields);
        times = new EntryTimes(fields.Timestamp, fields.ReceiveTimestamp);
        return isRead;
    }
}
