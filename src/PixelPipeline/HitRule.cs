using System.Text;
using PixelPipeline.Events;
using PixelPipeline.Logs;
using PixelPipeline.Writing;

namespace PixelPipeline;

/// <summary>
/// What a pixel hit is: a GET of the pixel's path that a load balancer logged and that the CDN did not make for itself.
/// The processor asks it of each entry, the log sink on one machine of each line, and <see cref="SinkFilter"/> says the
/// same to the log sink in Google Cloud.
/// </summary>
public sealed class HitRule
{
    private const string Resource = "http_load_balancer";
    private const string Method = "GET";

    private static readonly byte[] ResourceType = Encoding.UTF8.GetBytes(Resource);
    private static readonly byte[] RequestMethod = Encoding.UTF8.GetBytes(Method);

    private readonly string _path;
    private readonly byte[] _pathBytes;

    /// <summary>Makes the rule for a pixel.</summary>
    /// <param name="pixelPath">The pixel's path, such as <c>/pixel.png</c>; compared byte by byte, as requests spell it.</param>
    public HitRule(string pixelPath)
    {
        _path = pixelPath;
        _pathBytes = Encoding.UTF8.GetBytes(pixelPath);
    }

    /// <summary>
    /// The rule as a filter of Cloud Logging, for the entries of one load balancer and a path that deployment takes: of
    /// letters, digits, hyphens, underscores, slashes and dots. <c>deploy/lib/settings.sh</c> has the same text.
    /// </summary>
    /// <param name="urlMap">The load balancer's name in log entries.</param>
    /// <seealso href="https://cloud.google.com/logging/docs/view/logging-query-language"/>
    public string SinkFilter(string urlMap) =>
        $"resource.type=\"{Resource}\" AND resource.labels.url_map_name=\"{urlMap}\""
        + $" AND httpRequest.requestMethod=\"{Method}\" AND httpRequest.requestUrl=~\"{UrlPattern}\""
        + $" AND NOT jsonPayload.parentInsertId:* AND NOT httpRequest.userAgent=~\"^{LogEntry.CdnAgent}\"";

    /// <summary>The request URLs of hits as a regular expression (RE2), with any query or none.</summary>
    internal string UrlPattern => $"^https?://[^/?]+{_path.Replace(".", "[.]", StringComparison.Ordinal)}([?].*)?$";

    /// <summary>
    /// Whether the log sink publishes an entry. So it does with one that has <c>jsonPayload.event</c>: the collector
    /// published it, and on one machine it lies in the same log.
    /// </summary>
    /// <param name="entry">Any bytes; what is no JSON object is not published.</param>
    /// <param name="times">The entry's own times, as they stand there.</param>
    public bool Selects(ReadOnlySpan<byte> entry, out EntryTimes times)
    {
        var fields = new LogEntryFields();
        var isRead = LogEntryJson.TryReadFields(entry, ref fields);
        times = new EntryTimes(fields.Timestamp, fields.ReceiveTimestamp);
        return isRead && (!fields.Event.IsEmpty || IsHit(in fields));
    }

    /// <summary>Why a request is no hit, whatever its URL; null where the URL decides.</summary>
    internal static IgnoredReason? FindReason(bool isCdnInternal, ReadOnlySpan<byte> method)
    {
        if (isCdnInternal)
        {
            return IgnoredReason.CdnInternal;
        }

        return method.SequenceEqual(RequestMethod) ? null : IgnoredReason.OtherMethod;
    }

    /// <summary>Whether a URL is the pixel's, with a query or without.</summary>
    internal bool IsPixel(PixelUrl url) => url.Path.SequenceEqual(_pathBytes);

    private bool IsHit(in LogEntryFields fields) =>
        fields.ResourceType.SequenceEqual(ResourceType)
        && FindReason(fields.IsCdnInternal, fields.RequestMethod) is null
        && PixelUrl.TryParse(fields.RequestUrl, out var url)
        && IsPixel(url);
}
