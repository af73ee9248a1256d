using System.Text.RegularExpressions;

namespace PixelPipeline.Cli.Tests.Support;

/// <summary>The README, taken apart.</summary>
internal static partial class Readme
{
    public static string Text { get; } = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    /// <summary>The fenced blocks, with their language.</summary>
    public static IReadOnlyList<(string Language, string Text)> Blocks { get; } =
        [.. Fences().Matches(Text).Select(m => (m.Groups["language"].Value, m.Groups["text"].Value.Trim()))];

    /// <summary>The rows of the table whose first header cell is this, without the backquotes; cells may hold an escaped bar.</summary>
    public static IReadOnlyList<string[]> Table(string firstHeader)
    {
        var lines = Text.Split('\n').SkipWhile(l => !l.StartsWith($"| {firstHeader} |", StringComparison.Ordinal)).Skip(2);
        return [.. lines.TakeWhile(l => l.StartsWith('|')).Select(l => Bars().Split(l.Trim()).Skip(1).SkipLast(1).Select(c => c.Trim()).ToArray())];
    }

    [GeneratedRegex("^```(?<language>[a-z]*)\n(?<text>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fences();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Bars();
}
