namespace PixelPipeline.Logs;

/// <summary>
/// What one line of an access log tells of a request, whatever the format. The texts are views into the line, or into
/// the reader's buffer until its next line; an absent one is empty.
/// </summary>
internal readonly ref struct AccessLogLine
{
    /// <summary>The instant that the format gives the request.</summary>
    public required EntryTimestamp Timestamp { get; init; }

    /// <summary>Such as <c>GET</c>.</summary>
    public ReadOnlySpan<byte> Method { get; init; }

    /// <summary>
    /// Absolute, or from the path on (<c>/pixel.png?type=click</c>) where the format names no host; empty where the
    /// line tells of no client's request, such as a connection that sent none.
    /// </summary>
    public ReadOnlySpan<byte> Url { get; init; }

    /// <summary>True where the server cut the URL: what stands at its end is no value that the client sent.</summary>
    public bool IsUrlCut { get; init; }

    /// <summary>Without quotes and escapes.</summary>
    public ReadOnlySpan<byte> UserAgent { get; init; }

    /// <summary>Without quotes and escapes.</summary>
    public ReadOnlySpan<byte> Referer { get; init; }

    /// <summary>The client's address, or its name; may carry a port behind a v4 address or one in brackets.</summary>
    public ReadOnlySpan<byte> RemoteIp { get; init; }
}
