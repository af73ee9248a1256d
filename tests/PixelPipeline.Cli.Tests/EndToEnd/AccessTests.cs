using System.Text;
using PixelPipeline.Cli.Tests.Support;

namespace PixelPipeline.Cli.Tests.EndToEnd;

/// <summary>What is held on a user, as files to hand over.</summary>
[Parallelizable(ParallelScope.Self)]
internal sealed class AccessTests
{
    [Test]
    public async Task Access_User_GivesEverythingOnceAndNothingOfOthers()
    {
        using var folder = new TempFolder();
        var (data, files) = (SharedPipeline.Data, Path.Combine(folder.Path, "ann"));
        var pipeline = await SharedPipeline.GetAsync();
        await pipeline.HitAsync("user_id=ann&type=view&title=%22Cart%22%2C+yours");
        await pipeline.HitAsync("user_id=ann&type=click");
        await pipeline.HitAsync("user_id=ann&screen_width=wide");
        await pipeline.HitAsync("user_id=bob&type=click");
        await pipeline.RowsOfAsync("ann", "all_pixel", 2);
        await pipeline.RowsOfAsync("bob", "all_pixel", 1);
        await Eventually.IsTrueAsync(async () => (await pipeline.RowsAsync("rejected_pixel")).Exists(r => Encoding.UTF8.GetString((byte[])r["entry"]).Contains("user_id=ann", StringComparison.Ordinal)), "ann's rejected entry");

        var (exitCode, _, errors) = await PixelProcess.RunAsync("access", "ann", "--bigquery", pipeline.BigQueryHost, "--data", data, "--out", files);

        Assert.That(exitCode, Is.Zero, errors);
        Assert.That(errors, Does.Contain("2 events, 1 rejected and 3 raw entries"));
        Assert.That(Directory.GetFiles(files).Select(Path.GetFileName).Order(StringComparer.Ordinal), Is.EqualTo(new[]
        {
            "README.txt", "events.csv", "events.jsonl", "raw.csv", "raw.jsonl", "rejected.csv", "rejected.jsonl",
        }));
        Assert.That(string.Concat(Directory.GetFiles(files).Select(File.ReadAllText)), Does.Not.Contain("bob"));
        var events = await File.ReadAllLinesAsync(Path.Combine(files, "events.jsonl"));
        Assert.That(events, Has.Length.EqualTo(2).And.One.Contains("\"title\":\"\\\"Cart\\\", yours\""));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(files, "events.csv")), Does.Contain("\"\"\"Cart\"\", yours\""));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(files, "rejected.jsonl")), Does.Contain("invalid_value").And.Contain("screen_width=wide"));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(files, "README.txt")), Does.Contain("DATA THAT IS HELD ON YOU").And.Contain("events.jsonl, events.csv: 2 records."));

        var again = await InProcess.RunAsync("access", "ann", "--bigquery", pipeline.BigQueryHost, "--data", data, "--out", files);
        Assert.That((again.ExitCode, again.Errors), Is.EqualTo((2, again.Errors)));
        Assert.That(again.Errors, Does.Contain("is there already"));
    }
}
