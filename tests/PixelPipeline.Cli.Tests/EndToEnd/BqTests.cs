using System.Globalization;
using System.Text.RegularExpressions;
using Google.Apis.Bigquery.v2.Data;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.Cli.Tests.Support;
using PixelPipeline.GoogleCloud.BigQuery;

namespace PixelPipeline.Cli.Tests.EndToEnd;

/// <summary>Google's own <c>bq</c>, with the commands that <c>deploy/up.sh</c> runs and the files that it reads, on the local BigQuery.</summary>
[Parallelizable(ParallelScope.Self)]
[Platform(Exclude = "Win", Reason = "The commands are those of a bash script.")]
internal sealed partial class BqTests
{
    private TempFolder _data = null!;
    private PixelProcess _bigQuery = null!;
    private BigQueryClient _client = null!;
    private string _bq = null!;

    [SetUp]
    public async Task StartAsync()
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(p => File.Exists(Path.Combine(p, "bq"))))
        {
            Assert.Ignore("bq is not installed: it is part of the Google Cloud CLI, https://cloud.google.com/sdk/docs/install");
        }

        _data = new TempFolder();
        var port = FreePort.Take().ToString(CultureInfo.InvariantCulture);
        _bigQuery = PixelProcess.Start("bigquery", "--data", _data.Path, "--bigquery-port", port);
        await _bigQuery.WaitForOutputAsync("Ctrl-C stops it.");

        _client = BigQueryEndpoint.CreateClient("local", $"127.0.0.1:{port}");

        // A home of its own: bq remembers what it was told, and reads .bigqueryrc.
        _bq = $"cd '{Repository.Root}' && HOME='{_data.Path}' bq --api http://127.0.0.1:{port} --oauth_access_token=x --project_id=local --location=US --headless --quiet";
    }

    [TearDown]
    public void Stop()
    {
        _client?.Dispose();
        _bigQuery?.Dispose();
        _data?.Dispose();
    }

    [TestCase("template")]
    [TestCase("partitioned")]
    public async Task Bq_MakesWhatTheDeploymentMakes_AndTheViewsAnswer(string layout)
    {
        await BqAsync("mk --dataset '--description=Pixel hits' local:pixels");
        await BqAsync($"mk --table --schema=deploy/schema.json {(layout == "partitioned" ? "--time_partitioning_type=DAY --time_partitioning_field=event_time --clustering_fields=user_id,type " : "")}local:pixels.pixel");
        await BqAsync("mk --table --schema=deploy/rejected-schema.json --time_partitioning_type=DAY --time_partitioning_field=rejected_time --time_partitioning_expiration=2592000 local:pixels.rejected_pixel");
        await _client.InsertRowsAsync(
            "pixels",
            "pixel",
            [new BigQueryInsertRow("e1") { ["event_id"] = "e1", ["event_time"] = "2026-11-20T11:12:28.408747Z", ["user_id"] = "alice", ["type"] = "open" }],
            layout == "template" ? new InsertOptions { TemplateSuffix = "_alice_20261120" } : null);
        await _client.InsertRowsAsync("pixels", "rejected_pixel", [new BigQueryInsertRow("r1") { ["rejected_time"] = "2026-11-20T11:12:28Z", ["event_id"] = "r1", ["reason"] = "invalid_value", ["column"] = "type", ["message"] = "m", ["entry"] = "e30=" }]);
        await BqAsync($"mk --use_legacy_sql=false '--view={Quoted(ViewSql($"{layout}/events.sql", layout))}' local:pixels.events");
        foreach (var view in new[] { "daily_counts", "user_activity", "rejections" })
        {
            await MakeViewAsync(view, layout);
        }

        Assert.That(await QueryAsync("SELECT event_id, user_id FROM pixels.events"), Is.EqualTo("e1,alice"));
        Assert.That(await QueryAsync("SELECT date, type, hits, users FROM pixels.daily_counts"), Is.EqualTo("2026-11-20,open,1,1"));
        Assert.That(await QueryAsync("SELECT user_id, type, hits FROM pixels.user_activity"), Is.EqualTo("alice,open,1"));
        Assert.That(await QueryAsync("SELECT date, reason, entries FROM pixels.rejections"), Is.EqualTo("2026-11-20,invalid_value,1"));
    }

    // These views are the same in both layouts: bq, which takes seconds to start, makes them in one.
    private Task MakeViewAsync(string view, string layout) => layout == "template"
        ? BqAsync($"mk --use_legacy_sql=false '--view={Quoted(ViewSql($"{view}.sql", layout))}' local:pixels.{view}")
        : _client.CreateTableAsync("pixels", view, new Table { View = new ViewDefinition { Query = ViewSql($"{view}.sql", layout), UseLegacySql = false } });

    private Task<string> BqAsync(string command) => Shell.RunAsync($"{_bq} {command}");

    /// <summary>The one row of the answer.</summary>
    private async Task<string> QueryAsync(string sql)
    {
        var row = (await _client.ExecuteQueryAsync(sql, parameters: null)).Single();
        return string.Join(',', Enumerable.Range(0, row.Schema.Fields.Count).Select(i => row[i] is DateTime date ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : row[i]));
    }

    private static string Quoted(string sql) => sql.Replace("'", @"'\''", StringComparison.Ordinal);

    /// <summary>A view's file without comments and on one line, as <c>deploy/resources/tables.sh</c> hands it over.</summary>
    private static string ViewSql(string file, string layout)
    {
        var sql = File.ReadAllText(Path.Combine(Repository.Root, "deploy", "sql", file));
        foreach (var (name, value) in new[] { ("PROJECT", "local"), ("DATASET", "pixels"), ("TABLE", "pixel"), ("EVENTS", layout == "partitioned" ? "pixel" : "all_pixel") })
        {
            sql = sql.Replace($"${{{name}}}", value, StringComparison.Ordinal);
        }

        return Spaces().Replace(Comment().Replace(sql, ""), " ").Trim();
    }

    [GeneratedRegex(@"(^|\s)--.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
