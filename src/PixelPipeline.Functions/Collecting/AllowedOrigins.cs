namespace PixelPipeline.Functions.Collecting;

/// <summary>The origins of pages that may post.</summary>
/// <seealso href="https://fetch.spec.whatwg.org/#origin-header"/>
internal sealed class AllowedOrigins
{
    private const string AnyPort = ":*";

    private readonly HashSet<string> _exact = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _anyPort = new(StringComparer.OrdinalIgnoreCase);

    private AllowedOrigins()
    {
    }

    /// <summary>Reads origins with commas between: <c>https://www.example.com,http://localhost:*</c>.</summary>
    /// <exception cref="FormatException">One is none.</exception>
    public static AllowedOrigins Parse(string text)
    {
        var origins = new AllowedOrigins();
        foreach (var origin in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            origins.Add(origin);
        }

        return origins;
    }

    /// <summary>Whether a page of this origin may post. One that the collector's own host serves always may.</summary>
    /// <param name="origin">The Origin header.</param>
    /// <param name="host">The Host header, with a port where there is one.</param>
    public bool Allows(string origin, string? host) =>
        _exact.Contains(origin)
        || (Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && (_anyPort.Contains($"{uri.Scheme}://{uri.Host}") || uri.Authority.Equals(host, StringComparison.OrdinalIgnoreCase)));

    private void Add(string origin)
    {
        var set = origin.EndsWith(AnyPort, StringComparison.Ordinal) ? _anyPort : _exact;
        var plain = set == _anyPort ? origin[..^AnyPort.Length] : origin;
        if (!Uri.TryCreate(plain, UriKind.Absolute, out var uri) || uri.GetLeftPart(UriPartial.Authority).Length != plain.Length || uri.Scheme is not ("http" or "https"))
        {
            throw new FormatException("Setting Collect__Origins holds something that is no origin such as https://www.example.com (no path, no final slash).");
        }

        set.Add(plain);
    }
}
