namespace PixelPipeline.Logs;

/// <summary>The fields of a log entry's JSON as they are found, before anything is made of them.</summary>
internal ref struct LogEntryFields
{
    public ReadOnlySpan<byte> Timestamp;
    public ReadOnlySpan<byte> ReceiveTimestamp;
    public ReadOnlySpan<byte> ResourceType;
    public ReadOnlySpan<byte> InsertId;
    public ReadOnlySpan<byte> RequestMethod;
    public ReadOnlySpan<byte> RequestUrl;
    public ReadOnlySpan<byte> UserAgent;
    public ReadOnlySpan<byte> Referer;
    public ReadOnlySpan<byte> RemoteIp;
    public ReadOnlySpan<byte> Event;
    public ReadOnlySpan<byte> CollectedId;
    public bool HasParentInsertId;
    public bool IsForgotten;

    /// <summary>As <see cref="LogEntry.IsCdnInternal"/>.</summary>
    public readonly bool IsCdnInternal => LogEntry.IsMadeByCdn(HasParentInsertId, UserAgent);

    /// <summary>The entry; false where there is no readable timestamp.</summary>
    public readonly bool TryBuild(ReadOnlySpan<byte> json, out LogEntry entry)
    {
        if (!EntryTimestamp.TryParse(Timestamp, out var timestamp))
        {
            entry = default;
            return false;
        }

        entry = new LogEntry
        {
            Timestamp = timestamp,
            EventId = FindEventId(json, timestamp),
            RequestMethod = RequestMethod,
            RequestUrl = RequestUrl,
            UserAgent = UserAgent,
            Referer = Referer,
            RemoteIp = RemoteIp,
            HasParentInsertId = HasParentInsertId,
            IsForgotten = IsForgotten,
            Event = Event,
        };
        return true;
    }

    /// <summary>What the entry tells of a client's request; false where there is no readable timestamp.</summary>
    public readonly bool TryBuildRequest(out AccessLogLine request)
    {
        var isRequest = Event.IsEmpty && !IsCdnInternal;
        var isRead = EntryTimestamp.TryParse(Timestamp, out var timestamp);
        request = new AccessLogLine
        {
            Timestamp = timestamp,
            Method = RequestMethod,
            Url = isRequest ? RequestUrl : default,
            UserAgent = UserAgent,
            Referer = Referer,
            RemoteIp = RemoteIp,
        };
        return isRead;
    }

    // Only the collector publishes events, so nobody else chooses an id.
    private readonly EventIdSource FindEventId(ReadOnlySpan<byte> json, EntryTimestamp timestamp)
    {
        if (!Event.IsEmpty && !CollectedId.IsEmpty)
        {
            return EventIdSource.OfBytes(CollectedId);
        }

        return InsertId.IsEmpty ? EventIdSource.OfBytes(json) : EventIdSource.OfInsertId(InsertId, timestamp);
    }
}
