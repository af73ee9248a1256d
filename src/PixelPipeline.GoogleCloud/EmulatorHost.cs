using System.Diagnostics.CodeAnalysis;

namespace PixelPipeline.GoogleCloud;

/// <summary>Reads the variables that name another endpoint in place of Google's.</summary>
internal static class EmulatorHost
{
    /// <summary>The endpoint, such as <c>http://127.0.0.1:9050/</c>.</summary>
    /// <param name="host">The variable's value: <c>127.0.0.1:9050</c> or <c>http://127.0.0.1:9050</c>.</param>
    /// <param name="variable">The variable's name, for the message.</param>
    /// <exception cref="FormatException">It is neither <c>HOST:PORT</c> nor an http or https URL.</exception>
    public static Uri Parse(string host, string variable) => TryParse(host, out var endpoint)
        ? endpoint
        : throw new FormatException($"{variable} is neither HOST:PORT nor an http or https URL.");

    /// <summary>Likewise; false where it is none.</summary>
    public static bool TryParse(string host, [NotNullWhen(true)] out Uri? endpoint)
    {
        var text = host.Contains("://", StringComparison.Ordinal) ? host : "http://" + host;
        endpoint = Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? new Uri(uri, "/") : null;
        return endpoint is not null;
    }
}
