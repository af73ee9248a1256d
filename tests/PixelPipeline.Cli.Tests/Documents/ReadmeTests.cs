using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using PixelPipeline.Cli.Tests.Support;
using PixelPipeline.Events;
using PixelPipeline.Events.Sources;
using PixelPipeline.Writing;

namespace PixelPipeline.Cli.Tests.Documents;

/// <summary>What the README shows is what happens.</summary>
internal sealed partial class ReadmeTests
{
    [Test]
    public void ExampleHit_Processed_GivesTheExampleRowAndTable()
    {
        var hit = Readme.Blocks.First(b => b.Language.Length == 0).Text;
        using var row = JsonDocument.Parse(Readme.Blocks.First(b => b.Language == "json").Text);
        var sample = SampleCase.All.Single(s => s.Name == "page view of the script");
        Assert.That(System.Text.Encoding.UTF8.GetString(sample.Entry), Does.Contain(hit), "the sample entry is of the example hit");

        var schema = EventSchema.Parse(ShippedFile.Read("deploy/schema.json"), "schema.json", new ColumnSources(new SourceOptions { VisitorSecret = "the README's visitor" }));
        var written = (EntryOutcome.Written)Some.Processor(schema).Process(sample.Entry);
        var expected = written.Row.Columns.Where(c => written.Row[c.Name] is not null).Select(c => $"{c.Name}: {Text(written.Row[c.Name])}");
        Assert.That(row.RootElement.EnumerateObject().Select(p => $"{p.Name}: {p.Value}"), Is.EqualTo(expected));
        Assert.That(Readme.Text, Does.Contain($"`{written.Table.Id}`"));
    }

    [Test]
    public void ExampleColumn_AddedToTheShippedSchema_IsAccepted()
    {
        var column = Readme.Blocks.Where(b => b.Language == "json").ElementAt(1).Text;
        var shipped = System.Text.Encoding.UTF8.GetString(ShippedFile.Read("deploy/schema.json")).TrimEnd().TrimEnd(']').TrimEnd();
        var schema = EventSchema.Parse(System.Text.Encoding.UTF8.GetBytes($"{shipped},\n{column}\n]"), "schema.json");
        Assert.That(schema.IndexOf("campaign"), Is.GreaterThan(0));
    }

    /// <summary>The commands of "Try it", as they stand but for the ports, the data folder and the build that they run.</summary>
    [Test]
    public async Task TryIt_CommandByCommand_ShowsTheRow()
    {
        var commands = Readme.Blocks.Where(b => b.Language == "sh").SelectMany(b => b.Text.Split('\n')).ToList();
        Assert.That(commands, Has.Count.EqualTo(5));
        Assert.That((commands[0], commands[3]), Is.EqualTo(("./pixel up", "./pixel test")));

        using var data = new TempFolder();
        using var pipeline = await RunningPipeline.StartAsync(data.Path, RunningPipeline.DefaultLayout);
        await Shell.RunAsync(commands[1].Replace("http://localhost:8080/", $"http://localhost:{pipeline.Pixel.Port}/", StringComparison.Ordinal));
        await pipeline.RowsAsync($"pixel_507f1f77bcf86cd799439011_{DateTime.UtcNow.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}", 1);
        var output = await Shell.RunAsync($"{commands[2].Replace("./pixel", $"dotnet '{PixelProcess.Assembly}'", StringComparison.Ordinal)} --bigquery {pipeline.BigQueryHost}");
        Assert.That(output, Does.Contain("click").And.Contain("all_pixel").And.Contain("507f1f77bcf86cd799439011"));
        Assert.That(pipeline.Process.Output, Does.Contain(commands[1].Replace(":8080", $":{pipeline.Pixel.Port}", StringComparison.Ordinal)), "the ready-made curl line");
    }

    [Test]
    public async Task Ask_AsItStands_CountsTheHits()
    {
        var command = Readme.Blocks.Where(b => b.Language == "sh").SelectMany(b => b.Text.Split('\n')).Single(c => c.StartsWith("./pixel query", StringComparison.Ordinal));
        using var data = new TempFolder();
        using var pipeline = await RunningPipeline.StartAsync(data.Path, RunningPipeline.DefaultLayout);
        await pipeline.HitAsync("user_id=alice&type=click");
        await pipeline.HitAsync("user_id=bob&type=click");

        await pipeline.RowsAsync("all_pixel", 2);
        await pipeline.AskViewsAsync("SELECT * FROM pixels.daily_counts");

        var output = await Shell.RunAsync($"{command.Replace("./pixel", $"dotnet '{PixelProcess.Assembly}'", StringComparison.Ordinal)} --format csv --bigquery {pipeline.BigQueryHost}");
        Assert.That(output, Is.EqualTo($"date,type,hits,users\r\n{DateTime.UtcNow:yyyy-MM-dd},click,2,2\r\n"));
    }

    [Test]
    public async Task CommandTable_AgainstTheHelp_NamesEachCommandAndRealFlags()
    {
        var (_, help, _) = await InProcess.RunAsync("--help");
        var commands = CommandNames().Matches(help[help.IndexOf("Commands:", StringComparison.Ordinal)..]).Select(m => m.Groups[1].Value).ToList();
        var table = Readme.Table("command").ToDictionary(r => Regex.Match(r[0], "`./pixel ([a-z-]+)").Groups[1].Value, r => r);
        Assert.That(table.Keys, Is.EquivalentTo(commands));
        foreach (var (command, cells) in table)
        {
            var (_, commandHelp, _) = await InProcess.RunAsync(command, "--help");
            foreach (Match flag in Flags().Matches(string.Join(' ', cells)))
            {
                Assert.That(commandHelp, Does.Contain(flag.Value), $"{command} {flag.Value}");
            }
        }
    }

    private static string? Text(object? value) => value is DateTime time
        ? time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFZ", CultureInfo.InvariantCulture)
        : Convert.ToString(value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^  ([a-z-]+)", RegexOptions.Multiline)]
    private static partial Regex CommandNames();

    [GeneratedRegex("--[a-z-]+")]
    private static partial Regex Flags();
}
