namespace PixelPipeline.Local.LoadBalancer;

/// <summary>Reads the target of a request line or an absolute URL without decoding anything.</summary>
internal static class RequestTarget
{
    /// <summary>
    /// The path of <c>/pixel.png?a=b</c> or <c>http://host/pixel.png?a=b</c>: from the first slash behind the host up
    /// to a <c>?</c> or <c>#</c>. Empty where there is none.
    /// </summary>
    public static ReadOnlySpan<char> PathOf(ReadOnlySpan<char> target)
    {
        if (!target.StartsWith('/'))
        {
            var scheme = target.IndexOf("://", StringComparison.Ordinal);
            target = scheme < 0 ? default : FromSlash(target[(scheme + 3)..]);
        }

        var end = target.IndexOfAny('?', '#');
        return end < 0 ? target : target[..end];
    }

    private static ReadOnlySpan<char> FromSlash(ReadOnlySpan<char> authorityAndPath)
    {
        var slash = authorityAndPath.IndexOfAny('/', '?', '#');
        return slash >= 0 && authorityAndPath[slash] == '/' ? authorityAndPath[slash..] : default;
    }
}
