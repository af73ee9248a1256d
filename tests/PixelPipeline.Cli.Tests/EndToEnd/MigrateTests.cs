using System.Globalization;
using System.Text;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.Cli.Tests.Support;
using PixelPipeline.GoogleCloud.BigQuery;

namespace PixelPipeline.Cli.Tests.EndToEnd;

/// <summary><c>pixel migrate</c> from each layout to the others, of more users than one query can read tables.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.Self)]
internal sealed class MigrateTests : IDisposable
{
    private const int Events = 2_500;
    private const int Users = 1_100;

    private readonly TempFolder _data = new();
    private readonly string _host = $"127.0.0.1:{FreePort.Take()}";
    private PixelProcess? _server;

    private BigQueryClient BigQuery => BigQueryEndpoint.CreateClient("local", _host);

    public void Dispose()
    {
        _server?.KillTree();
        _server?.Dispose();
        _data.Dispose();
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "A process cannot be stopped by a signal there.")]
    public async Task Migrate_KilledInTheMiddle_EndsWithEveryEventOnce()
    {
        await StartAsync("template");
        var before = await CountsAsync("pixel_");
        Assert.That((before.Count, before.Values.Sum()), Is.EqualTo((Users, Events)));

        var (_, dry, _) = await MigrateAsync("--dry-run", "--format", "csv");
        Assert.That(dry, Does.StartWith($"rows_read,to_copy,bytes\n{Events},{Events},"));
        await KillWhenAsync(async () => await HasTableAsync("all_pixel"));
        await KillWhenAsync(async () => (await CountsAsync("all_pixel")).Count > 0);
        var (exitCode, _, errors) = await MigrateAsync();

        Assert.That(exitCode, Is.Zero, errors);
        Assert.That(await CountsAsync("all_pixel"), Is.EquivalentTo(before));
        Assert.That(await CountsAsync("pixel_"), Is.EquivalentTo(before), "nothing is deleted");
        Assert.That(await AskAsync("SELECT COUNT(*), COUNT(DISTINCT user_id) FROM pixels.events"), Is.EqualTo($"{Events},{Users}"), "the view reads beyond 1,000 tables");
        Assert.That((await MigrateAsync("--format", "csv")).Output, Does.StartWith($"rows_read,copied,bytes\n{Events},0,"), "once more copies nothing");
    }

    [Test]
    public async Task Migrate_ToPartitionedAndBack_KeepsEveryEvent()
    {
        await StartAsync("template", events: 40, users: 5);
        var before = await CountsAsync("pixel_");
        var (refused, _, error) = await MigrateAsync("--to", "partitioned");
        Assert.That((refused, error), Is.EqualTo((1, "pixels has no all_pixel. Go to the layout both first: ./pixel migrate.")));

        await SucceedAsync();
        await SucceedAsync("--to", "partitioned", "--drop");
        Assert.That(await CountsAsync("pixel"), Is.EquivalentTo(before));
        Assert.That(await HasTableAsync("all_pixel") || await HasTableAsync("pixel_u1_20261120"), Is.False, "dropped");
        Assert.That((await BigQuery.GetTableAsync("pixels", "pixel")).Resource.TimePartitioning.Field, Is.EqualTo("event_time"));

        await SucceedAsync();
        Assert.That(await CountsAsync("pixel"), Is.EquivalentTo(before), "without --drop the one table stays");
        await SucceedAsync("--drop");
        Assert.That(await CountsAsync("all_pixel"), Is.EquivalentTo(before));
        Assert.That(await AskAsync("SELECT COUNT(*) FROM pixels.events"), Is.EqualTo("40"));
    }

    [Test]
    public async Task Migrate_BackToTemplate_WritesWhatOnlyTheTableOfAllEventsHas()
    {
        await StartAsync("both", events: 40, users: 5); // loads the table of all events alone
        var before = await CountsAsync("all_pixel");
        Assert.That(await CountsAsync("pixel_"), Is.Empty);
        Assert.That(await AskAsync("SELECT COUNT(*) FROM pixels.events"), Is.EqualTo("40"), "an import makes the views");

        await SucceedAsync("--to", "template", "--drop");
        Assert.That(await CountsAsync("pixel_"), Is.EquivalentTo(before));
        Assert.That(await HasTableAsync("all_pixel"), Is.False);
        Assert.That((await BigQuery.GetTableAsync("pixels", "pixel")).Resource.Labels["pixel_layout"], Is.EqualTo("template"));
        Assert.That(await AskAsync("SELECT COUNT(*) FROM pixels.events"), Is.EqualTo("40"));
    }

    private async Task StartAsync(string layout, int events = Events, int users = Users)
    {
        _server = PixelProcess.Start("bigquery", "--data", _data.Path, "--bigquery-port", _host.Split(':')[1]);
        await _server.WaitForOutputAsync("Ctrl-C stops it.");
        var log = new StringBuilder();
        for (var i = 0; i < events; i++)
        {
            log.Append(CultureInfo.InvariantCulture, $$$"""{"insertId":"m{{{i}}}","timestamp":"2026-11-20T11:12:28.408747Z","httpRequest":{"requestMethod":"GET","requestUrl":"https://t.example.com/pixel.png?user_id=u{{{i % users}}}&type=click"}}""").Append('\n');
        }

        var file = Path.Combine(_data.Path, "entries.log");
        await File.WriteAllTextAsync(file, log.ToString());
        var (exitCode, _, errors) = await PixelProcess.RunAsync(("Pixel__NewTablesPerSecond", "10000"), ["import", file, "--bigquery", _host, "--data", _data.Path, "--layout", layout]);
        Assert.That(exitCode, Is.Zero, errors);
    }

    private Task<(int ExitCode, string Output, string Errors)> MigrateAsync(params string[] more) => InProcess.RunAsync(["migrate", "--bigquery", _host, .. more]);

    private async Task SucceedAsync(params string[] more)
    {
        var (exitCode, _, errors) = await MigrateAsync(more);
        Assert.That(exitCode, Is.Zero, errors);
    }

    private async Task KillWhenAsync(Func<Task<bool>> isReached)
    {
        using var migration = PixelProcess.Start("migrate", "--bigquery", _host);
        await Eventually.IsTrueAsync(async () => migration.HasExited || await isReached(), "the migration has begun");
        migration.KillTree();
        await migration.ExitAsync();
    }

    /// <summary>Rows by user, of the table of this name, or of all whose names begin so and go on with a user's "u" and digits.</summary>
    private async Task<Dictionary<string, int>> CountsAsync(string name)
    {
        var tables = await TablesAsync();
        var sources = name.EndsWith('_')
            ? tables.Where(id => id.StartsWith(name, StringComparison.Ordinal)).Select(id => id[..(name.Length + 2)] + "*").Distinct() // each matches fewer than 1,000
            : tables.Where(id => id == name);
        var counts = new Dictionary<string, int>();
        foreach (var source in sources)
        {
            foreach (var row in await BigQuery.ExecuteQueryAsync($"SELECT user_id, COUNT(*) AS hits FROM `pixels.{source}` GROUP BY user_id", parameters: null))
            {
                counts.Add((string)row["user_id"], (int)(long)row["hits"]);
            }
        }

        return counts;
    }

    private async Task<List<string>> TablesAsync()
    {
        var tables = new List<string>();
        await foreach (var table in BigQuery.ListTablesAsync("pixels"))
        {
            if (table.Resource.Type == "TABLE")
            {
                tables.Add(table.Reference.TableId);
            }
        }

        return tables;
    }

    private async Task<bool> HasTableAsync(string id) => (await TablesAsync()).Contains(id);

    private async Task<string> AskAsync(string sql)
    {
        var row = (await BigQuery.ExecuteQueryAsync(sql, parameters: null)).Single();
        return string.Join(',', Enumerable.Range(0, row.Schema.Fields.Count).Select(i => row[i]));
    }
}
