using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PixelPipeline.LocalBigQuery.Tests.Queries;

internal sealed class JobTests : BigQueryTest
{
    // No clause narrows it: ten to the fifteenth rows to count.
    private static readonly string Endless =
        $"WITH d AS ({Digits}), k AS (SELECT a.x FROM d a, d b, d c) SELECT COUNT(*) FROM k a, k b, k c, k e, k f";

    [Test]
    public async Task Job_Inserted_EndsWithItsRows()
    {
        var inserted = await InsertAsync("SELECT 1 AS x UNION ALL SELECT 2 ORDER BY x", "mine");
        var results = await BigQuery.GetAsync("queries/mine?timeoutMs=10000");
        var job = await BigQuery.GetAsync("jobs/mine");

        Assert.Multiple(() =>
        {
            Assert.That((string?)inserted.Body["jobReference"]!["jobId"], Is.EqualTo("mine"));
            Assert.That(results.Rows, Is.EqualTo(new[] { "1", "2" }));
            Assert.That((string?)job.Body["status"]!["state"], Is.EqualTo("DONE"));
            Assert.That((string?)job.Body["configuration"]!["query"]!["query"], Does.StartWith("SELECT 1"));
            Assert.That((string?)job.Body["statistics"]!["query"]!["statementType"], Is.EqualTo("SELECT"));
        });
    }

    [Test]
    public async Task Results_InPages_AreWholeAndInOrder()
    {
        await InsertAsync($"WITH d AS ({Digits}) SELECT a.x * 100 + b.x * 10 + c.x AS n FROM d a, d b, d c ORDER BY n", "pages");
        List<string> rows = [];
        string? token = null;
        do
        {
            var page = await BigQuery.GetAsync($"queries/pages?maxResults=300&timeoutMs=10000{(token is null ? "" : $"&pageToken={token}")}");
            Assert.That((string?)page.Body["totalRows"], Is.EqualTo("1000"));
            rows.AddRange(page.Rows);
            token = (string?)page.Body["pageToken"];
        }
        while (token is not null);

        Assert.That(rows, Is.EqualTo(Enumerable.Range(0, 1_000).Select(i => $"{i}")));
        Assert.That((await BigQuery.GetAsync("queries/pages?startIndex=998")).Rows, Is.EqualTo(new[] { "998", "999" }));
    }

    [Test]
    public async Task Job_WhoseStatementIsWrong_IsDoneWithItsError()
    {
        await InsertAsync("SELECT nope", "wrong");
        var results = await BigQuery.GetAsync("queries/wrong?timeoutMs=10000");
        var job = await BigQuery.GetAsync("jobs/wrong");

        Assert.Multiple(() =>
        {
            Assert.That((results.Status, results.Reason), Is.EqualTo((HttpStatusCode.BadRequest, "invalidQuery")));
            Assert.That((string?)job.Body["status"]!["errorResult"]!["reason"], Is.EqualTo("invalidQuery"));
            Assert.That((string?)job.Body["status"]!["errorResult"]!["message"], Is.EqualTo("Unrecognized name: nope at [1:8]"));
        });
    }

    [Test]
    public async Task Query_ThatTakesLong_AnswersBeforeItIsDoneAndCanBeCancelled()
    {
        var answer = await BigQuery.PostAsync("queries", JsonSerializer.Serialize(new { query = Endless, useLegacySql = false, timeoutMs = 1 }));
        var id = (string)answer.Body["jobReference"]!["jobId"]!;

        Assert.That((bool)answer.Body["jobComplete"]!, Is.False);
        await BigQuery.PostAsync($"jobs/{id}/cancel", "{}");
        var results = await BigQuery.GetAsync($"queries/{id}?timeoutMs=60000");

        Assert.That(results.Reason, Is.EqualTo("stopped"));
    }

    [Test]
    public async Task Job_OverItsTime_IsStopped()
    {
        await BigQuery.PostAsync("jobs", JsonSerializer.Serialize(new { jobReference = new { jobId = "slow" }, configuration = new { jobTimeoutMs = "100", query = new { query = Endless, useLegacySql = false } } }));

        Assert.That((await BigQuery.GetAsync("queries/slow?timeoutMs=60000")).Reason, Is.EqualTo("stopped"));
    }

    [Test]
    public async Task Jobs_Listed_AreTheLatestFirstInPages()
    {
        await InsertAsync("SELECT 1", "first");
        await InsertAsync("SELECT 2", "second");

        var page = await BigQuery.GetAsync("jobs?maxResults=1");
        var next = await BigQuery.GetAsync($"jobs?maxResults=1&pageToken={page.Body["nextPageToken"]}");

        Assert.Multiple(() =>
        {
            Assert.That((string?)page.Body["jobs"]![0]!["jobReference"]!["jobId"], Is.EqualTo("second"));
            Assert.That((string?)next.Body["jobs"]![0]!["jobReference"]!["jobId"], Is.EqualTo("first"));
            Assert.That(next.Body["nextPageToken"], Is.Null);
        });
    }

    [Test]
    public async Task Jobs_BeyondTheBound_ForgetTheOldest()
    {
        for (var i = 0; i < 201; i++)
        {
            await BigQuery.PostAsync("queries", """{"query":"SELECT 1","useLegacySql":false}""");
            if (i == 0)
            {
                await InsertAsync("SELECT 1", "old");
            }
        }

        Assert.That((await BigQuery.GetAsync("jobs/old")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Results_BeyondTheBoundTogether_ForgetTheOldest()
    {
        await BigQuery.RestartAsync(resultBytesKept: 2_500);
        foreach (var id in (string[])["a", "b", "c", "d"])
        {
            await InsertAsync("SELECT REPEAT('x', 1000)", id);
            await BigQuery.GetAsync($"queries/{id}?timeoutMs=10000");
        }

        await Eventually.IsTrueAsync(async () => (await BigQuery.GetAsync("jobs/b")).Status == HttpStatusCode.NotFound, "the second is forgotten");
        Assert.That((await BigQuery.GetAsync("jobs/a")).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await BigQuery.GetAsync("queries/c")).Rows.Count(), Is.EqualTo(1));
        Assert.That((await BigQuery.GetAsync("queries/d")).Rows.Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Result_WhileItIsKept_IsBesideTheDatabaseForThisUserAlone()
    {
        await InsertAsync("SELECT 1", "one");
        await BigQuery.GetAsync("queries/one?timeoutMs=10000");

        var file = ResultFiles().Single();
        Assert.That(new FileInfo(file).Length, Is.Positive);
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(File.GetUnixFileMode(file), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }
    }

    [Test]
    public async Task Result_OfAProcessThatWasKilled_IsRemovedByTheNext()
    {
        File.WriteAllText(BigQuery.DatabasePath + "-result-left", "[1]");

        await BigQuery.RestartAsync();

        Assert.That(ResultFiles(), Is.Empty);
    }

    [Test]
    public async Task Job_OfAnIdTwice_IsADuplicate()
    {
        await InsertAsync("SELECT 1", "once");

        Assert.That((await InsertAsync("SELECT 1", "once")).Reason, Is.EqualTo("duplicate"));
    }

    [TestCase("""{"configuration":{"load":{}}}""", HttpStatusCode.BadRequest, "invalid")] // without its file
    [TestCase("""{"configuration":{"load":{"sourceUris":["gs://b/f"]}}}""", HttpStatusCode.BadRequest, "invalid")]
    [TestCase("""{"configuration":{"copy":{}}}""", HttpStatusCode.BadRequest, "invalid")]
    [TestCase("""{"configuration":{}}""", HttpStatusCode.BadRequest, "invalid")]
    [TestCase("""{"configuration":{"query":{"query":"SELECT 1","destinationTable":{"tableId":"x"}}}}""", HttpStatusCode.BadRequest, "invalid")]
    [TestCase("""{"configuration":{"dryRun":true,"query":{"query":"SELECT nope","useLegacySql":false}}}""", HttpStatusCode.BadRequest, "invalidQuery")]
    [TestCase("""{"jobReference":{"jobId":"a/b"},"configuration":{"query":{"query":"SELECT 1"}}}""", HttpStatusCode.BadRequest, "invalid")]
    public async Task Job_NotOffered_IsRefused(string body, HttpStatusCode status, string reason)
    {
        var answer = await BigQuery.PostAsync("jobs", body);

        Assert.That((answer.Status, answer.Reason), Is.EqualTo((status, reason)));
    }

    [Test]
    public async Task Job_Unknown_IsNotFound() => Assert.That((await BigQuery.GetAsync("queries/none")).Reason, Is.EqualTo("notFound"));

    private string[] ResultFiles() =>
        Directory.GetFiles(Path.GetDirectoryName(BigQuery.DatabasePath)!, Path.GetFileName(BigQuery.DatabasePath) + "-result-*");

    private static string Digits => string.Join(" UNION ALL ", Enumerable.Range(0, 10).Select(i => $"SELECT {i} AS x"));

    private Task<Answer> InsertAsync(string sql, string id) => BigQuery.PostAsync("jobs", new JsonObject
    {
        ["jobReference"] = new JsonObject { ["jobId"] = id },
        ["configuration"] = new JsonObject { ["query"] = new JsonObject { ["query"] = sql, ["useLegacySql"] = false } },
    }.ToJsonString());
}
