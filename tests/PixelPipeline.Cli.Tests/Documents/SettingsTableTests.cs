using System.Text.RegularExpressions;
using PixelPipeline.Cli.Tests.Support;

namespace PixelPipeline.Cli.Tests.Documents;

/// <summary>The README's table of settings lists the settings that there are, with their defaults.</summary>
internal sealed partial class SettingsTableTests
{
    [Test]
    public void SettingsTable_AgainstTheOptions_ListsEachWithItsDefault()
    {
        var source = File.ReadAllText(Path.Combine(Repository.Root, "src", "PixelPipeline.Functions", "Pixels", "PixelOptions.cs"));
        var options = Properties().Matches(source).ToDictionary(m => $"Pixel__{m.Groups["name"].Value}", m => Default(m.Groups["default"].Value));
        var table = Readme.Table("setting").ToDictionary(r => r[0].Trim('`'), r => r[1].Trim('`'));
        Assert.That(options, Is.Not.Empty);
        Assert.That(table.Keys.Where(k => k.StartsWith("Pixel__", StringComparison.Ordinal)), Is.EquivalentTo(options.Keys));
        Assert.Multiple(() =>
        {
            foreach (var (name, value) in options.Where(o => o.Value.Length > 0))
            {
                Assert.That(table[name], Is.EqualTo(value).IgnoreCase, name);
            }
        });
    }

    private static string Default(string code) => code switch
    {
        "Tables.SuffixPattern.Default" => PixelPipeline.Tables.SuffixPattern.Default,
        _ => code.Trim('"').Replace("LayoutName.", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal),
    };

    [GeneratedRegex(@"public [\w?]+ (?<name>\w+) \{ get; set; \}(?: = (?<default>[^;]+);)?")]
    private static partial Regex Properties();
}
