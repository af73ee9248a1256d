using System.Text.RegularExpressions;

namespace PixelPipeline.Cli.Tests.Documents;

/// <summary>References between projects, and between the folders of a project, go one way.</summary>
internal sealed partial class ArrowTests
{
    private static readonly string Source = Path.Combine(Repository.Root, "src");

    /// <summary>What a project may know, beside what these know themselves. Nothing points at Functions: it is run as a process.</summary>
    private static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["PixelPipeline"] = [],
        ["PixelPipeline.Loopback"] = [],
        ["PixelPipeline.GoogleCloud"] = ["PixelPipeline"],
        ["PixelPipeline.Countries"] = [],
        ["PixelPipeline.Compression"] = ["PixelPipeline"],
        ["PixelPipeline.JavaScript"] = ["PixelPipeline"],
        ["PixelPipeline.Functions"] = ["PixelPipeline.GoogleCloud", "PixelPipeline.Countries", "PixelPipeline.Compression"],
        ["PixelPipeline.LocalBigQuery"] = ["PixelPipeline.Loopback"],
        ["PixelPipeline.Local"] = ["PixelPipeline.GoogleCloud", "PixelPipeline.JavaScript", "PixelPipeline.LocalBigQuery", "PixelPipeline.Loopback"],
        ["PixelPipeline.Dashboard"] = ["PixelPipeline.GoogleCloud", "PixelPipeline.Loopback"],
        ["PixelPipeline.Privacy"] = ["PixelPipeline.GoogleCloud"],
        ["PixelPipeline.Cli"] = ["PixelPipeline.Local", "PixelPipeline.Dashboard", "PixelPipeline.Privacy", "PixelPipeline.Countries", "PixelPipeline.Compression", "PixelPipeline.JavaScript"],
    };

    /// <summary>Pairs of folders that point both ways, and why.</summary>
    private static readonly Dictionary<string, string> BothWays = new()
    {
        ["PixelPipeline: Events, Writing"] = "what becomes of an entry holds its row, and whoever makes the row says why there is none",
    };

    [Test]
    public void Projects_TheirReferences_AreTheListedOnes()
    {
        var found = Directory.GetDirectories(Source).ToDictionary(d => Path.GetFileName(d)!, d => ReferencesOf(Directory.GetFiles(d, "*.csproj").Single()));
        Assert.That(found.Keys, Is.EquivalentTo(MayKnow.Keys));
        Assert.Multiple(() =>
        {
            foreach (var (project, references) in found)
            {
                Assert.That(references, Is.SubsetOf(MayKnow[project]), project);
            }
        });
    }

    [Test]
    public void Folders_OfAProject_PointOneWay()
    {
        var pairs = Directory.GetDirectories(Source).SelectMany(PairsOf).ToList();
        Assert.That(pairs.Except(BothWays.Keys), Is.Empty, "these point both ways");
        Assert.That(BothWays.Keys.Except(pairs), Is.Empty, "these do so no more: take them off the list");
    }

    private static string[] ReferencesOf(string project) =>
        [.. References().Matches(File.ReadAllText(project)).Select(m => m.Groups["name"].Value)];

    /// <summary>As the using directives say, of which an unused one is an error; a project's root puts its folders together and may know all.</summary>
    private static IEnumerable<string> PairsOf(string project)
    {
        var name = Path.GetFileName(project);
        HashSet<(string From, string To)> arrows =
        [
            .. from file in Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
               let folder = Path.GetRelativePath(project, Path.GetDirectoryName(file)!).Replace('\\', '/')
               where folder != "." && !folder.StartsWith("obj", StringComparison.Ordinal) && !folder.StartsWith("bin", StringComparison.Ordinal)
               from use in Uses(name).Matches(File.ReadAllText(file))
               select (folder, use.Groups["folder"].Value.Replace('.', '/')),
        ];
        return arrows.Where(a => string.CompareOrdinal(a.From, a.To) < 0 && arrows.Contains((a.To, a.From))).Select(a => $"{name}: {a.From}, {a.To}");
    }

    private static Regex Uses(string project) => new($@"^using {Regex.Escape(project)}\.(?<folder>[\w.]+);\r?$", RegexOptions.Multiline);

    [GeneratedRegex("<ProjectReference Include=\"[^\"]*/(?<name>PixelPipeline[A-Za-z.]*)\\.csproj\"")]
    private static partial Regex References();
}
