using System.Text.RegularExpressions;

namespace PixelPipeline.Cli.Output;

/// <summary>What others said, for a terminal.</summary>
internal static partial class TerminalText
{
    /// <summary>The text with U+FFFD for each control character: none may steer the terminal.</summary>
    public static string WithoutControls(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c));

    /// <summary>The text on one line, cut to a length where it is longer.</summary>
    public static string OneLine(string text, int maxLength)
    {
        var line = WithoutControls(LineBreaks().Replace(text, " "));
        return line.Length <= maxLength ? line : string.Concat(line.AsSpan(0, maxLength - 1), "…");
    }

    [GeneratedRegex(@"\s*[\r\n]+\s*")]
    private static partial Regex LineBreaks();
}
