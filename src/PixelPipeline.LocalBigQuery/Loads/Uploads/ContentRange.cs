using System.Globalization;
using System.Text.RegularExpressions;
using PixelPipeline.LocalBigQuery.Api;

namespace PixelPipeline.LocalBigQuery.Loads.Uploads;

/// <summary>
/// Which bytes of an upload a request has: <c>bytes 0-99/250</c>; <c>bytes 100-249/*</c> while the client does not know
/// the end; <c>bytes */250</c> has none and asks how far the upload came
/// (https://cloud.google.com/bigquery/docs/reference/api-uploads#resumable).
/// </summary>
/// <param name="First">The first byte; null when the request has none.</param>
/// <param name="Total">The length of the whole; null when the client does not know it.</param>
/// <param name="IsLast">Whether the upload ends where the request does, whatever its length.</param>
internal readonly partial record struct ContentRange(long? First, long? Total, bool IsLast)
{
    /// <summary>Reads the header; a request without it has all bytes.</summary>
    /// <exception cref="ApiException">400: it is no such header.</exception>
    public static ContentRange Of(string header)
    {
        if (header.Length == 0)
        {
            return new ContentRange(0, null, IsLast: true);
        }

        var match = Format().Match(header);
        return match.Success
            ? new ContentRange(Number(match.Groups["first"]), Number(match.Groups["total"]), IsLast: false)
            : throw ApiException.Invalid("Invalid value for Content-Range.", "Content-Range");
    }

    /// <summary>Whether the upload is whole once <paramref name="received"/> bytes are here.</summary>
    public bool IsWholeWith(long received) => IsLast || received == Total;

    private static long? Number(Group group) => group.Success ? long.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex("^bytes (\\*|(?<first>[0-9]{1,18})-[0-9]{1,18})/(\\*|(?<total>[0-9]{1,18}))\\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Format();
}
