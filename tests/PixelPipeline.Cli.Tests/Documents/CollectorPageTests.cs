using System.Globalization;
using System.Text.RegularExpressions;
using PixelPipeline.Cli.Tests.Support;

namespace PixelPipeline.Cli.Tests.Documents;

/// <summary>What docs/collector.md shows is what happens.</summary>
internal sealed partial class CollectorPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "collector.md"));

    [Test]
    public async Task Sensor_PostedAsThePageSays_IsARowWithItsGroupAndTimestamp()
    {
        using var data = new TempFolder();
        var files = Blocks("json");
        var schema = Path.Combine(data.Path, "schema.json");
        await File.WriteAllTextAsync(schema, files[0]);
        await File.WriteAllTextAsync(Path.Combine(data.Path, "transformations.json"), files[1]);
        using var pipeline = await RunningPipeline.StartAsync(Path.Combine(data.Path, "data"), "--schema", schema);

        var curl = Blocks("sh").Single(c => c.Contains("sensor_id", StringComparison.Ordinal)).Replace(":8080", $":{pipeline.Pixel.Port}", StringComparison.Ordinal);
        await Shell.RunAsync(curl);
        await Shell.RunAsync(curl); // the sensor's own id: the same event

        var row = (await pipeline.RowsAsync($"pixel_cellar_{DateTime.UtcNow.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}", 1)).Single();
        Assert.That((row["temp_group"], row["read_at"], row["type"]), Is.EqualTo(("B", new DateTime(2026, 11, 21, 3, 0, 0, DateTimeKind.Utc), "reading")));
        Assert.That(Page, Does.Contain("`temp_group` `B`").And.Contain("`2026-11-21T03:00:00Z`"));
    }

    [Test]
    public void SettingsTable_AgainstTheOptions_ListsEach()
    {
        var source = File.ReadAllText(Path.Combine(Repository.Root, "src", "PixelPipeline.Functions", "Collecting", "CollectOptions.cs"));
        var options = Properties().Matches(source).Select(m => $"Collect__{m.Groups[1].Value}");
        Assert.That(Settings().Matches(Page).Select(m => m.Groups[1].Value), Is.EquivalentTo(options));
    }

    private static List<string> Blocks(string language) =>
        [.. Regex.Matches(Page, $"^```{language}\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline).Select(m => m.Groups[1].Value.Trim())];

    [GeneratedRegex(@"public [\w?]+ (\w+) \{ get; set; \}")]
    private static partial Regex Properties();

    [GeneratedRegex(@"^\| `(Collect__\w+)`", RegexOptions.Multiline)]
    private static partial Regex Settings();
}
