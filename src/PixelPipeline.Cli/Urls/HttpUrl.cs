using System.Diagnostics.CodeAnalysis;

namespace PixelPipeline.Cli.Urls;

/// <summary>Absolute http and https URLs that people type.</summary>
internal static class HttpUrl
{
    /// <summary>A URL for people: without user, password and query, where a key may stand.</summary>
    public static string ToText(Uri url) => url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <summary>Reads a URL; false for other schemes and for text that is not absolute.</summary>
    public static bool TryRead(string? text, [NotNullWhen(true)] out Uri? url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url) && url.Scheme is "http" or "https";
}
