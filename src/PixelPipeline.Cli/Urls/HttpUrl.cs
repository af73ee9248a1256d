using System.Diagnostics.CodeAnalysis;

namespace PixelPipeline.Cli.Urls;

/// <summary>Absolute http and https URLs that people type.</summary>
internal static class HttpUrl
{
    /// <summary>Reads one.</summary>
    /// <param name="option">The option that it stands behind, for the message.</param>
    /// <param name="text">What was typed.</param>
    /// <exception cref="CommandException">It is none.</exception>
    public static Uri Read(string option, string? text) =>
        TryRead(text, out var url) ? url : throw new CommandException($"{option} {text} is no http or https URL.");

    /// <summary>Reads one; false where it is none.</summary>
    public static bool TryRead(string? text, [NotNullWhen(true)] out Uri? url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url) && url.Scheme is "http" or "https";
}
