using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;

namespace PixelPipeline.LocalBigQuery.Tests.Loads;

/// <summary>A load job by its id: once, whole or not at all, and remembered.</summary>
internal sealed class LoadJobTests : LoadTest
{
    private const string Row = """{"user_id":"a"}""";

    [TestCase(false)]
    [TestCase(true)] // after a restart
    public async Task Load_OfAnIdThatLoaded_IsADuplicateAndAddsNothing(bool restart)
    {
        await LoadAsync(Row, "once");
        if (restart)
        {
            await BigQuery.RestartAsync();
        }

        var again = await LoadAsync(Row, "once");

        Assert.That((again.Status, again.Reason, again.Message), Is.EqualTo((HttpStatusCode.Conflict, "duplicate", "Already Exists: Job local:US.once")));
        Assert.That((await RowsAsync()).Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Load_BegunTwiceWithOneId_LoadsOnce()
    {
        var first = await BeginAsync(Job("once"));
        var second = await BeginAsync(Job("once"));
        await ReadAsync(await PutAsync(first, Encoding.UTF8.GetBytes(Row), null));
        var refused = await ReadAsync(await PutAsync(second, Encoding.UTF8.GetBytes(Row), null));
        var asked = await ReadAsync(await PutAsync(second, [], $"bytes */{Row.Length}"));
        await DoneAsync("once");

        Assert.That((refused.Status, asked.Status), Is.EqualTo((HttpStatusCode.Conflict, HttpStatusCode.Conflict)));
        Assert.That((await RowsAsync()).Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Load_Done_IsShownAfterARestart()
    {
        var before = await LoadAsync(Row, "kept", ""","writeDisposition":"WRITE_TRUNCATE" """);
        await BigQuery.RestartAsync();
        var after = await BigQuery.GetAsync("jobs/kept");

        foreach (var part in new[] { "id", "jobReference", "status", "statistics", "configuration" })
        {
            Assert.That(after.Body[part]!.ToJsonString(), Is.EqualTo(before.Body[part]!.ToJsonString()), part);
        }

        Assert.That((string?)after.Body["configuration"]!["load"]!["writeDisposition"], Is.EqualTo("WRITE_TRUNCATE"));
        Assert.That(Statistic(after, "outputRows"), Is.EqualTo("1"));
    }

    [Test]
    public async Task Load_Failed_IsRememberedWithItsErrors()
    {
        var before = await LoadAsync("[]", "failed");
        await BigQuery.RestartAsync();

        Assert.That(Errors(await BigQuery.GetAsync("jobs/failed")), Is.EqualTo(Errors(before)));
        Assert.That((await LoadAsync(Row, "failed")).Reason, Is.EqualTo("duplicate"));
    }

    /// <summary>The files as they are when an answer arrives are what a process killed then leaves behind.</summary>
    [Test]
    public async Task Killed_AfterTheJobIsDone_HasTheRowsAndTheJob()
    {
        await LoadAsync(Row, "killed");
        using var left = new TempFolder();
        foreach (var file in new[] { BigQuery.DatabasePath, BigQuery.DatabasePath + "-wal" })
        {
            File.Copy(file, Path.Combine(left.Path, Path.GetFileName(file)));
        }

        var options = new BigQueryServerOptions { Port = 0, DatabasePath = Path.Combine(left.Path, "bigquery.db") };
        await using var server = await BigQueryServer.StartAsync(options, NullLoggerFactory.Instance, CancellationToken.None);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}/projects/local/") };
        var job = JsonNode.Parse(await http.GetStringAsync("jobs/killed"))!;
        var table = JsonNode.Parse(await http.GetStringAsync("datasets/pixels/tables/pixel"))!;

        Assert.That(((string?)job["status"]!["state"], (string?)table["numRows"]), Is.EqualTo(("DONE", "1")));
    }

    [Test]
    public async Task Load_ManyRowsOfWhichTheLastIsBad_AddsNoneAndHoldsNoInsertUp()
    {
        var lines = new StringBuilder();
        for (var i = 0; i < 50_000; i++)
        {
            lines.Append("{\"user_id\":\"u\",\"type\":\"some text to make the rows fill several chunks\",\"amount\":").Append(i).Append("}\n");
        }

        var bad = LoadAsync(lines + "{}\n", "bad");
        var inserts = Enumerable.Range(0, 20).Select(i => BigQuery.InsertAsync("pixel", $$$"""{"rows":[{"json":{"user_id":"i{{{i}}}"}}]}"""));
        Assert.That((await Task.WhenAll(inserts)).Select(answer => answer.Status), Is.All.EqualTo(HttpStatusCode.OK));
        Assert.That(Failure(await bad), Is.EqualTo("invalid"));
        Assert.That((string?)(await BigQuery.GetAsync("datasets/pixels/tables/pixel")).Body["numRows"], Is.EqualTo("20"));

        var good = await LoadAsync(lines.ToString(), "good");
        Assert.That(Statistic(good, "outputRows"), Is.EqualTo("50000"));
        Assert.That((string?)(await BigQuery.GetAsync("datasets/pixels/tables/pixel")).Body["numRows"], Is.EqualTo("50020"));
        Assert.That((await BigQuery.ListAsync("pixel", "startIndex=50018&selectedFields=amount")).Rows, Is.EqualTo(new[] { "49998", "49999" }));
    }

    [Test]
    public async Task Jobs_Listed_HaveBothKinds()
    {
        await BigQuery.PostAsync("jobs", """{"jobReference":{"jobId":"query"},"configuration":{"query":{"query":"SELECT 1","useLegacySql":false}}}""");
        BigQuery.Time.Advance(TimeSpan.FromSeconds(1));
        await LoadAsync(Row, "load");
        var jobs = (await BigQuery.GetAsync("jobs")).Body["jobs"]!.AsArray();

        Assert.That(jobs.Select(job => (string?)job!["jobReference"]!["jobId"]), Is.EqualTo(new[] { "load", "query" }));
        Assert.That(jobs.Select(job => (string?)job!["configuration"]!["jobType"]), Is.EqualTo(new[] { "LOAD", "QUERY" }));
    }

    [Test]
    public async Task Load_OfAQuerysId_IsADuplicateAndTheOtherWayRound()
    {
        const string Query = """{"jobReference":{"jobId":"ID"},"configuration":{"query":{"query":"SELECT 1","useLegacySql":false}}}""";
        await BigQuery.PostAsync("jobs", Query.Replace("ID", "query", StringComparison.Ordinal));
        await LoadAsync(Row, "load");

        Assert.That((await LoadAsync(Row, "query")).Reason, Is.EqualTo("duplicate"));
        Assert.That((await BigQuery.PostAsync("jobs", Query.Replace("ID", "load", StringComparison.Ordinal))).Reason, Is.EqualTo("duplicate"));
    }

    [Test]
    public async Task Load_AskedForQueryResults_IsRefused()
    {
        await LoadAsync(Row, "load");

        Assert.That((await BigQuery.GetAsync("queries/load")).Reason, Is.EqualTo("invalid"));
    }

    [Test]
    public async Task Load_Deleted_IsForgotten()
    {
        await LoadAsync(Row, "load");
        await BigQuery.SendAsync(HttpMethod.Delete, "jobs/load/delete");

        Assert.That((await BigQuery.GetAsync("jobs/load")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Load_GivenALocation_KeepsIt()
    {
        var session = await BeginAsync(Job("eu").Replace("\"jobId\"", "\"location\":\"EU\",\"jobId\"", StringComparison.Ordinal));
        await PutAsync(session, Encoding.UTF8.GetBytes(Row), null);
        var job = await DoneAsync("eu");

        Assert.That(((string?)job.Body["id"], (string?)job.Body["jobReference"]!["location"]), Is.EqualTo(("local:EU.eu", "EU")));
    }
}
