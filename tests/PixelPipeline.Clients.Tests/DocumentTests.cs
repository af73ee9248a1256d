using System.Diagnostics;
using System.Text.RegularExpressions;

namespace PixelPipeline.Clients.Tests;

/// <summary>What docs/local-bigquery.md shows is what happens.</summary>
internal sealed partial class DocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "local-bigquery.md"));

    [Test]
    public async Task NodeScript_AsItStands_PrintsTheHitsJustSent()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "events.js"), Fence("js"));

        var output = (await NodeClient.RunAsync(["events.js"], folder.Path)).Succeeded();

        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).ToList();
        Assert.That(lines.Select(line => $"{line[1]} {line[2]}"), Is.EquivalentTo(new[] { "ann click", "ann click", "ann open", "bob click" }));
        Assert.That(lines.Select(line => line[0]), Is.Ordered.Descending.Using((IComparer<string>)StringComparer.Ordinal));
    }

    [Test]
    public async Task BqLine_AsItStandsButForThePort_PrintsTheHitsJustSent()
    {
        Tool.Bq.Require();
        var pipeline = await SharedPipeline.StartedAsync();
        var line = Fence("").Split('\n').Single(l => l.StartsWith("bq ", StringComparison.Ordinal));
        using var home = new TempFolder();
        var start = new ProcessStartInfo("bash", ["-c", line.Replace("127.0.0.1:9050", pipeline.BigQueryHost, StringComparison.Ordinal)])
        {
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in BqClient.EnvironmentOf(home.Path))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();

        Assert.That(output, Does.Match($@"\| *{SharedPipeline.Day} *\| *click *\| *3 *\| *0 *\| *1 *\| *2 *\|"));
    }

    private static string Fence(string language) => Fences().Matches(Document).First(m => m.Groups["language"].Value == language).Groups["text"].Value;

    [GeneratedRegex("^```(?<language>[a-z]*)\n(?<text>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fences();
}
