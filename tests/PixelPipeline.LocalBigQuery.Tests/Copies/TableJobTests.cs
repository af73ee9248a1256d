using System.IO.Compression;
using System.Text.Json.Nodes;

namespace PixelPipeline.LocalBigQuery.Tests.Copies;

/// <summary>Copy and extract jobs, and partition decorators.</summary>
internal sealed class TableJobTests : BigQueryTest
{
    private string Buckets => Path.Combine(Path.GetDirectoryName(BigQuery.DatabasePath)!, "buckets");

    [SetUp]
    public async Task CreateEvents() => await QueryAsync("""
        CREATE TABLE pixels.ev (t TIMESTAMP, who STRING, n INT64, f FLOAT64, b BOOL) PARTITION BY DATE(t);
        INSERT pixels.ev VALUES ('2026-11-20 01:00:00', 'ann', 1, 0.5, TRUE), ('2026-11-20 23:59:59.5', 'b"o,b', 2, NULL, NULL), ('2026-11-21 00:00:00', '', 3, NULL, FALSE), (NULL, NULL, 4, NULL, NULL)
        """);

    [TestCase("ev", "copy", null, "1; 2; 3; 4", "4")]
    [TestCase("ev$20261120", "copy", null, "1; 2", "2")]
    [TestCase("ev$20261121", "ev", "WRITE_APPEND", "1; 2; 3; 3; 4", "1")]
    [TestCase("ev$20261120", "copy$20261120", "WRITE_TRUNCATE", "1; 2", "2")]
    public async Task Copy_OfATableOrPartition_HasItsRows(string from, string to, string? disposition, string rows, string copied)
    {
        if (to.Contains('$', StringComparison.Ordinal))
        {
            await QueryAsync("CREATE TABLE pixels.copy (t TIMESTAMP, who STRING, n INT64, f FLOAT64, b BOOL) PARTITION BY DATE(t)");
        }

        var job = await RunAsync("copy", new JsonObject { ["sourceTable"] = Reference(from), ["destinationTable"] = Reference(to), ["writeDisposition"] = disposition });

        Assert.That(job["status"]!["errorResult"], Is.Null);
        Assert.That((string?)job["statistics"]!["copy"]!["copiedRows"], Is.EqualTo(copied));
        Assert.That(await SelectAsync($"SELECT n FROM pixels.{to.Split('$')[0]} ORDER BY n"), Is.EqualTo(rows));
        Assert.That(await SelectAsync($"SELECT row_count FROM pixels.__TABLES__ WHERE table_id = '{to.Split('$')[0]}'"), Is.EqualTo($"{rows.Split(';').Length}"));
    }

    [TestCase("ev", "ev", null, "Already Exists: Table local:pixels.ev")]
    [TestCase("nope", "copy", null, "Not found: Table local:pixels.nope")]
    [TestCase("ev", "pixel", "WRITE_APPEND", "Incompatible table partitioning specification.")]
    [TestCase("ev", "ev$20261120", "WRITE_APPEND", "Some rows belong to different partitions rather than destination partition local:pixels.ev$20261120")]
    [TestCase("ev$2026112", "copy", null, "Invalid partition ID: the local BigQuery offers hours, days, months and years, such as $20261120.")]
    [TestCase("ev$202611", "copy", null, "Invalid time partition 202611: those of local:pixels.ev are called as yyyyMMdd.")]
    public async Task Copy_Wrong_FailsAndChangesNothing(string from, string to, string? disposition, string message)
    {
        var job = await RunAsync("copy", new JsonObject { ["sourceTable"] = Reference(from), ["destinationTable"] = Reference(to), ["writeDisposition"] = disposition });

        Assert.That((string?)(job["error"]?["message"] ?? job["status"]!["errorResult"]!["message"]), Is.EqualTo(message));
        Assert.That(await SelectAsync("SELECT COUNT(*) FROM pixels.ev"), Is.EqualTo("4"));
    }

    [Test]
    public async Task Destination_ThatIsAPartition_ReplacesItAlone()
    {
        async Task<JsonObject> WriteAsync(string sql) => await RunAsync("query", new JsonObject
        {
            ["query"] = sql,
            ["useLegacySql"] = false,
            ["destinationTable"] = Reference("ev$20261120"),
            ["writeDisposition"] = "WRITE_TRUNCATE",
        });

        var wrong = await WriteAsync("SELECT TIMESTAMP '2026-11-21' AS t, 9 AS n");
        await WriteAsync("SELECT TIMESTAMP '2026-11-20 12:00:00' AS t, 8 AS n");

        Assert.That((string?)wrong["status"]!["errorResult"]!["message"], Does.StartWith("Some rows belong to different partitions"));
        Assert.That(await SelectAsync("SELECT n FROM pixels.ev ORDER BY n"), Is.EqualTo("3; 4; 8"));
    }

    [Test]
    public async Task Delete_OfAPartition_LeavesTheOthers()
    {
        await BigQuery.SendAsync(HttpMethod.Delete, "datasets/pixels/tables/ev$20261120");

        Assert.That(await SelectAsync("SELECT n FROM pixels.ev ORDER BY n"), Is.EqualTo("3; 4"));
    }

    [TestCase("CSV", "NONE", "ev", "t,who,n,f,b\n2026-11-20 01:00:00 UTC,ann,1,0.5,true\n2026-11-20 23:59:59.5 UTC,\"b\"\"o,b\",2,,\n2026-11-21 00:00:00 UTC,\"\",3,,false\n,,4,,\n")]
    [TestCase("CSV", "GZIP", "ev$20261121", "t,who,n,f,b\n2026-11-21 00:00:00 UTC,\"\",3,,false\n")]
    [TestCase("NEWLINE_DELIMITED_JSON", "NONE", "ev$20261120", """
        {"t":"2026-11-20 01:00:00 UTC","who":"ann","n":"1","f":0.5,"b":true}
        {"t":"2026-11-20 23:59:59.5 UTC","who":"b\"o,b","n":"2"}

        """)]
    public async Task Extract_IntoTheLocalBucket_WritesItsFile(string format, string compression, string table, string content)
    {
        var job = await RunAsync("extract", new JsonObject { ["sourceTable"] = Reference(table), ["destinationUris"] = new JsonArray("gs://exports/day/rows-*.txt"), ["destinationFormat"] = format, ["compression"] = compression });

        Assert.That(job["status"]!["errorResult"], Is.Null);
        var file = Path.Combine(Buckets, "exports", "day", "rows-000000000000.txt");
        await using Stream raw = File.OpenRead(file);
        using var text = new StreamReader(compression == "GZIP" ? new GZipStream(raw, CompressionMode.Decompress) : raw);
        Assert.That(await text.ReadToEndAsync(), Is.EqualTo(content));
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(file)!), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Extract_ToAFileUri_WritesIt()
    {
        var file = Path.Combine(Buckets, "out.csv");
        await RunAsync("extract", new JsonObject { ["sourceTable"] = Reference("ev"), ["destinationUris"] = new JsonArray(new Uri(file).AbsoluteUri), ["printHeader"] = false, ["fieldDelimiter"] = "\\t" });

        Assert.That(File.ReadLines(file).First(), Is.EqualTo("2026-11-20 01:00:00 UTC\tann\t1\t0.5\ttrue"));
    }

    [TestCase("gs://exports/../../x")]
    [TestCase("gs://../x")]
    [TestCase("https://example.com/x")]
    [TestCase("file://elsewhere/x")]
    public async Task Extract_ToAnotherPlace_IsRefused(string uri)
    {
        var job = await RunAsync("extract", new JsonObject { ["sourceTable"] = Reference("ev"), ["destinationUris"] = new JsonArray(uri) });

        Assert.That((string?)job["error"]!["message"], Is.EqualTo("A destination URI is file:///PATH or gs://BUCKET/OBJECT."));
    }

    private static JsonObject Reference(string table) => new() { ["projectId"] = "local", ["datasetId"] = "pixels", ["tableId"] = table };

    private async Task<JsonObject> RunAsync(string kind, JsonObject configuration)
    {
        var job = await BigQuery.PostAsync("jobs", new JsonObject { ["configuration"] = new JsonObject { [kind] = configuration } }.ToJsonString());
        while ((string?)job.Body["status"]?["state"] == "RUNNING")
        {
            job = await BigQuery.GetAsync($"jobs/{job.Body["jobReference"]!["jobId"]}");
        }

        return job.Body;
    }
}
