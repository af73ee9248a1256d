using System.Text.RegularExpressions;

namespace PixelPipeline.Cli.Tests.Documents;

/// <summary>The pages that say where things are name only what is there.</summary>
internal sealed partial class ContributingTests
{
    private const int Changes = 14;

    [TestCase("CONTRIBUTING.md")]
    [TestCase("README.md")]
    [TestCase("examples/README.md")]
    public void Page_PathAfterPath_NamesWhatIsThere(string page)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, page));
        var quoted = Paths().Matches(text).Select(m => Path.Combine(Repository.Root, m.Groups["path"].Value));
        var linked = Links().Matches(text).Select(m => Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, m.Groups["path"].Value));
        string[] paths = [.. quoted.Concat(linked).Distinct()];
        Assert.That(paths, Is.Not.Empty);
        Assert.That(paths.Where(p => !Path.Exists(p)), Is.Empty);
    }

    [Test]
    public void Contributing_TableOfChanges_HasAPathForEach()
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "CONTRIBUTING.md"));
        string[] rows = [.. lines.SkipWhile(l => !l.StartsWith("| to add |", StringComparison.Ordinal)).Skip(2).TakeWhile(l => l.StartsWith('|'))];
        Assert.That(rows, Has.Length.EqualTo(Changes).And.All.Contains("/"));
    }

    /// <summary>In backquotes, below a folder of the repository; a name in capitals stands for another one.</summary>
    [GeneratedRegex("`(?<path>(src|tests|deploy|docs|eng|examples)/[A-Za-z0-9_./-]*)`")]
    private static partial Regex Paths();

    [GeneratedRegex(@"\]\((?<path>[^):#]+)(#[^)]*)?\)")]
    private static partial Regex Links();
}
