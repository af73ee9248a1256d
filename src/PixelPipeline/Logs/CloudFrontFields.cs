using System.Text;

namespace PixelPipeline.Logs;

/// <summary>Where the columns of a CloudFront log stand, as its <c>#Fields</c> line says. Immutable.</summary>
internal sealed class CloudFrontFields
{
    private readonly string[] _names;

    private CloudFrontFields(string[] names)
    {
        _names = names;
        Date = Array.IndexOf(names, "date");
        Time = Array.IndexOf(names, "time");
        RemoteIp = Array.IndexOf(names, "c-ip");
        Method = Array.IndexOf(names, "cs-method");
        Path = Array.IndexOf(names, "cs-uri-stem");
        Query = Array.IndexOf(names, "cs-uri-query");
        Referer = Array.IndexOf(names, "cs(Referer)");
        UserAgent = Array.IndexOf(names, "cs(User-Agent)");
    }

    /// <summary>The first columns of the standard format, for files whose header is lost.</summary>
    public static CloudFrontFields Standard { get; } = new(
        ["date", "time", "x-edge-location", "sc-bytes", "c-ip", "cs-method", "cs(Host)", "cs-uri-stem", "sc-status", "cs(Referer)", "cs(User-Agent)", "cs-uri-query"]);

    public int Count => _names.Length;

    public int Date { get; }

    public int Time { get; }

    public int RemoteIp { get; }

    public int Method { get; }

    public int Path { get; }

    public int Query { get; }

    public int Referer { get; }

    public int UserAgent { get; }

    private static ReadOnlySpan<byte> Prefix => "#Fields:"u8;

    /// <summary>The columns that a header line declares; null for any other line, and where date, time or path are not among them.</summary>
    public static CloudFrontFields? TryParse(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith(Prefix))
        {
            return null;
        }

        var names = Encoding.ASCII.GetString(line[Prefix.Length..]).Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
        var fields = new CloudFrontFields(names);
        return fields is { Date: >= 0, Time: >= 0, Path: >= 0 } ? fields : null;
    }
}
