using System.Text;

namespace PixelPipeline.Logs;

/// <summary>
/// What the pipeline uses of one Cloud Logging entry, or of one line of another access log. All texts are UTF-8 views
/// into the bytes they were read from; an absent one is empty. Nothing here is trusted beyond being there.
/// </summary>
/// <seealso href="https://cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry"/>
public readonly ref struct LogEntry
{
    /// <summary>How the user agent of Cloud CDN's own requests begins.</summary>
    internal const string CdnAgent = "Cloud-CDN-Google";

    private static readonly byte[] CdnAgentBytes = Encoding.UTF8.GetBytes(CdnAgent);

    /// <summary>When the front end received the request.</summary>
    public required EntryTimestamp Timestamp { get; init; }

    /// <summary>What makes the entry's event id; the same for every delivery and every replay of the entry.</summary>
    public required EventIdSource EventId { get; init; }

    /// <summary><c>httpRequest.requestMethod</c>, such as <c>GET</c>.</summary>
    public ReadOnlySpan<byte> RequestMethod { get; init; }

    /// <summary><c>httpRequest.requestUrl</c>, absolute; empty where the entry tells of no request.</summary>
    public ReadOnlySpan<byte> RequestUrl { get; init; }

    /// <summary>True where the server that wrote a line of another access log cut the URL.</summary>
    public bool IsUrlCut { get; init; }

    /// <summary><c>httpRequest.userAgent</c>.</summary>
    public ReadOnlySpan<byte> UserAgent { get; init; }

    /// <summary><c>httpRequest.referer</c>.</summary>
    public ReadOnlySpan<byte> Referer { get; init; }

    /// <summary><c>httpRequest.remoteIp</c>; may carry a port.</summary>
    public ReadOnlySpan<byte> RemoteIp { get; init; }

    /// <summary>True where <c>jsonPayload.parentInsertId</c> says that Cloud CDN made the request itself.</summary>
    /// <seealso href="https://cloud.google.com/cdn/docs/logging"/>
    public bool HasParentInsertId { get; init; }

    /// <summary>True where <c>jsonPayload.forgotten</c> is true: a user's entry stood here that was erased since.</summary>
    public bool IsForgotten { get; init; }

    /// <summary><c>jsonPayload.event</c> as JSON: an event that the collector published; empty for a request. Where its client gave it an id, <c>jsonPayload.eventId</c> alone makes <see cref="EventId"/>.</summary>
    public ReadOnlySpan<byte> Event { get; init; }

    /// <summary>True where Cloud CDN made the request itself, to fill or validate its cache: no pixel hit.</summary>
    public bool IsCdnInternal => IsMadeByCdn(HasParentInsertId, UserAgent);

    /// <summary>Likewise, of an entry that is not put together yet.</summary>
    internal static bool IsMadeByCdn(bool hasParentInsertId, ReadOnlySpan<byte> userAgent) =>
        hasParentInsertId || userAgent.StartsWith(CdnAgentBytes);
}
