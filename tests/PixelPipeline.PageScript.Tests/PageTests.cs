using System.Text.RegularExpressions;
using PixelPipeline.PageScript.Tests.Support;

namespace PixelPipeline.PageScript.Tests;

/// <summary>docs/page-script.md against the script.</summary>
internal sealed partial class PageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "page-script.md"));

    [Test]
    public void Page_AttributesAndFields_AreThoseOfTheScript()
    {
        var script = File.ReadAllText(Site.ScriptFile);
        var options = Options().Matches(script).Select(m => m.Groups[1].Value).Distinct();
        Assert.That(options, Has.Exactly(8).Items.And.All.Matches<string>(o => Page.Contains($"| `data-{o}=", StringComparison.Ordinal)));
        string[] fields = ["user_id", "type", "hit_id", "page", "referrer", "title", "language", "screen_width"];
        Assert.That(fields, Is.All.Matches<string>(f => Page.Contains($"`{f}`", StringComparison.Ordinal) && Regex.IsMatch(script, $@"\b{f}\b")));
    }

    [GeneratedRegex(@"option\('([a-z]+)'\)")]
    private static partial Regex Options();
}
