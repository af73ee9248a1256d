using System.Text;

namespace PixelPipeline.Events;

/// <summary>
/// A request URL that the pipeline can use: absolute, http or https, with an authority, at most
/// <see cref="MaxLength"/> bytes. Path and query stand exactly as the client sent them, not decoded.
/// </summary>
public readonly ref struct PixelUrl
{
    /// <summary>65,536 bytes. No page documents a limit for logged URLs; load balancers refuse headers far below this.</summary>
    public const int MaxLength = 64 * 1024;

    private PixelUrl(ReadOnlySpan<byte> path, ReadOnlySpan<byte> query)
    {
        Path = path;
        Query = query;
    }

    /// <summary>From the first slash to the query, such as <c>/pixel.png</c>; empty where the URL ends with the host.</summary>
    public ReadOnlySpan<byte> Path { get; }

    /// <summary>What follows the question mark, without any fragment; empty where there is none.</summary>
    public ReadOnlySpan<byte> Query { get; }

    /// <summary>Takes a URL apart.</summary>
    /// <param name="url">UTF-8, any bytes.</param>
    /// <param name="result">Views into <paramref name="url"/>.</param>
    /// <returns>False for a relative URL, another scheme, an empty host, or one that is too long.</returns>
    public static bool TryParse(ReadOnlySpan<byte> url, out PixelUrl result)
    {
        result = default;
        if (url.Length > MaxLength || !TrySkipScheme(ref url))
        {
            return false;
        }

        var end = url.IndexOfAny("/?#"u8);
        if (!HasHost(end < 0 ? url : url[..end]))
        {
            return false;
        }

        var rest = end < 0 ? [] : url[end..];
        if (rest.IndexOf((byte)'#') is var fragment and >= 0)
        {
            rest = rest[..fragment];
        }

        var question = rest.IndexOf((byte)'?');
        result = question < 0 ? new PixelUrl(rest, []) : new PixelUrl(rest[..question], rest[(question + 1)..]);
        return true;
    }

    private static bool TrySkipScheme(ref ReadOnlySpan<byte> url)
    {
        var colon = url.IndexOf("://"u8);
        if (colon < 0 || !(Ascii.EqualsIgnoreCase(url[..colon], "https"u8) || Ascii.EqualsIgnoreCase(url[..colon], "http"u8)))
        {
            return false;
        }

        url = url[(colon + 3)..];
        return true;
    }

    private static bool HasHost(ReadOnlySpan<byte> authority)
    {
        var host = authority[(authority.LastIndexOf((byte)'@') + 1)..];
        return !host.IsEmpty && host[0] != ':';
    }
}
