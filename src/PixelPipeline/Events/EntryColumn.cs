namespace PixelPipeline.Events;

/// <summary>What fills a column: a field of the log entry, or the query parameter of the column's name.</summary>
internal enum EntryColumn
{
    /// <summary>None of the entry's own fields: the column is an attribute.</summary>
    None,

    /// <summary><c>event_id</c>.</summary>
    EventId,

    /// <summary><c>event_time</c>.</summary>
    EventTime,

    /// <summary><c>user_agent</c>.</summary>
    UserAgent,

    /// <summary><c>referer</c>.</summary>
    Referer,

    /// <summary><c>remote_ip</c>, without a port.</summary>
    RemoteIp,
}
