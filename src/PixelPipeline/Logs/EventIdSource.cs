namespace PixelPipeline.Logs;

/// <summary>
/// What an entry's event id is made of. The id itself is made only where it is asked for: most entries of an access log
/// are no events, and hashing would be half of the work on them.
/// </summary>
public readonly ref struct EventIdSource
{
    private const int NotALine = -1;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly EntryTimestamp? _timestamp;
    private readonly int _occurrence;

    private EventIdSource(ReadOnlySpan<byte> bytes, EntryTimestamp? timestamp, int occurrence)
    {
        _bytes = bytes;
        _timestamp = timestamp;
        _occurrence = occurrence;
    }

    /// <summary>An entry that Cloud Logging named.</summary>
    /// <param name="insertId">UTF-8, any length.</param>
    /// <param name="timestamp">The entry's instant: the insertId is unique with it.</param>
    public static EventIdSource OfInsertId(ReadOnlySpan<byte> insertId, EntryTimestamp timestamp) => new(insertId, timestamp, NotALine);

    /// <summary>Bytes that name the event by themselves: all of an entry without insertId, or an id that a client chose.</summary>
    /// <param name="bytes">Any.</param>
    public static EventIdSource OfBytes(ReadOnlySpan<byte> bytes) => new(bytes, null, NotALine);

    /// <summary>A line of a log without insertIds, which stands for an entry with the insertId of <see cref="LineInsertId"/>.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="occurrence">How often the same line stood in the file before.</param>
    /// <param name="timestamp">The line's instant.</param>
    public static EventIdSource OfLine(ReadOnlySpan<byte> line, int occurrence, EntryTimestamp timestamp) => new(line, timestamp, occurrence);

    /// <summary>The event id: 32 lower-case hexadecimal digits, the same each time.</summary>
    public string MakeEventId()
    {
        if (_timestamp is not { } timestamp)
        {
            return EventId.OfBytes(_bytes);
        }

        return _occurrence == NotALine ? EventId.From(_bytes, timestamp) : EventId.From(LineInsertId.Of(_bytes, _occurrence), timestamp);
    }
}
