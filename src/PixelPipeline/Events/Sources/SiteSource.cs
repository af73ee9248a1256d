namespace PixelPipeline.Events.Sources;

/// <summary><c>site</c>: the host of the page that sent the hit, which the attribute <c>page</c> tells, or else the Referer header.</summary>
internal sealed class SiteSource() : ColumnSource("site")
{
    public override object? Read(scoped ref EventFacts facts) =>
        HostOf(facts.Attribute("page")) ?? HostOf(EventFacts.Text(facts.Entry.Referer));

    /// <summary>The host of an http or https URL in lower case, without a port; null for any other text.</summary>
    private static string? HostOf(ReadOnlySpan<char> url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0 || !(url[..scheme].Equals("https", StringComparison.OrdinalIgnoreCase) || url[..scheme].Equals("http", StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        url = url[(scheme + 3)..];
        var end = url.IndexOfAny("/?#\\");
        var authority = end < 0 ? url : url[..end];
        var host = authority[(authority.LastIndexOf('@') + 1)..];
        var port = host.LastIndexOf(':');
        host = port > host.LastIndexOf(']') ? host[..port] : host;
        return host.IsEmpty ? null : host.ToString().ToLowerInvariant();
    }
}
