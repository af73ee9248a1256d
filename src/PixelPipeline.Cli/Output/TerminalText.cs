namespace PixelPipeline.Cli.Output;

/// <summary>What others said, for a terminal.</summary>
internal static class TerminalText
{
    /// <summary>The text with U+FFFD for each control character: none may steer the terminal.</summary>
    public static string WithoutControls(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c));
}
