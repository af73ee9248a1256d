using Google.Apis.Bigquery.v2.Data;
using Google.Apis.Upload;
using Google.Cloud.BigQuery.V2;

namespace PixelPipeline.GoogleCloud.Tests.ClientContract;

/// <summary>What the client sends for a load of JSON lines.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class UploadTests
{
    private static readonly TableSchema Schema = new() { Fields = [new TableFieldSchema { Name = "n", Type = "INTEGER", Mode = "REQUIRED" }] };

    [Test]
    public async Task Upload_Always_BeginsASessionOnTheSameHost()
    {
        await using var upload = new UploadServer();
        using var client = Client.Of(upload.Server);
        await client.UploadJsonAsync("pixels", "pixel", Schema, new MemoryStream("{}"u8.ToArray()));

        Assert.That(upload.Session.Target, Does.StartWith("/upload/bigquery/v2/projects/local/jobs?"));
        Assert.That(upload.Session.Target.Split('?')[1].Split('&'), Is.EquivalentTo(new[] { "key=x", "uploadType=resumable" }));
        Assert.That(upload.Session.Headers["X-Upload-Content-Type"], Is.EqualTo("text/json"));
        Assert.That(upload.Session.Headers["X-Upload-Content-Length"], Is.EqualTo("2"));
        Assert.That(upload.Session.Headers["Content-Type"], Is.EqualTo("application/json; charset=utf-8"));
    }

    [Test]
    public async Task Upload_Options_AreInTheJob()
    {
        await using var upload = new UploadServer();
        using var client = Client.Of(upload.Server);
        await client.UploadJsonAsync("pixels", "pixel", Schema, new MemoryStream("{}"u8.ToArray()), new UploadJsonOptions
        {
            JobId = "import-7-1",
            JobLocation = "EU",
            AllowUnknownFields = true,
            MaxBadRecords = 3,
            CreateDisposition = CreateDisposition.CreateNever,
            WriteDisposition = WriteDisposition.WriteIfEmpty,
        });

        var job = upload.Session.Json;
        Assert.That(
            job.GetProperty("jobReference").GetRawText(),
            Is.EqualTo("""{"jobId":"import-7-1","location":"EU","projectId":"local"}"""));
        var load = job.GetProperty("configuration").GetProperty("load");
        Assert.That(load.GetProperty("destinationTable").GetProperty("tableId").GetString(), Is.EqualTo("pixel"));
        Assert.That(load.GetProperty("schema").GetProperty("fields")[0].GetProperty("mode").GetString(), Is.EqualTo("REQUIRED"));
        Assert.That(load.GetProperty("sourceFormat").GetString(), Is.EqualTo("NEWLINE_DELIMITED_JSON"));
        Assert.That(load.GetProperty("ignoreUnknownValues").GetBoolean(), Is.True);
        Assert.That(load.GetProperty("maxBadRecords").GetInt32(), Is.EqualTo(3));
        Assert.That(load.GetProperty("createDisposition").GetString(), Is.EqualTo("CREATE_NEVER"));
        Assert.That(load.GetProperty("writeDisposition").GetString(), Is.EqualTo("WRITE_EMPTY"));
    }

    [Test]
    public async Task Upload_NoOptions_LeavesThemOutAndMakesAnId()
    {
        await using var upload = new UploadServer();
        using var client = Client.Of(upload.Server);
        await client.UploadJsonAsync(client.GetTableReference("pixels", "pixel"), Schema, new MemoryStream("{}"u8.ToArray()));

        Assert.That(upload.Session.Json.GetProperty("jobReference").GetProperty("jobId").GetString(), Does.Match("^job_[0-9a-f_]{36}$"));
        Assert.That(
            upload.Session.Json.GetProperty("configuration").GetProperty("load").EnumerateObject().Select(property => property.Name),
            Is.EquivalentTo(new[] { "destinationTable", "schema", "sourceFormat" }));
    }

    [Test]
    public async Task Upload_IdAndPrefix_ThrowsArgumentException()
    {
        await using var upload = new UploadServer();
        using var client = Client.Of(upload.Server);

        Assert.ThrowsAsync<ArgumentException>(() => client.UploadJsonAsync(
            "pixels", "pixel", Schema, new MemoryStream(), new UploadJsonOptions { JobId = "a", JobIdPrefix = "b" }));
        Assert.That(upload.Server.Requests, Is.Empty);
    }

    [Test]
    public async Task Upload_NoSchema_SendsThatOfTheTable()
    {
        await using var upload = new UploadServer
        {
            Instead = request => request.Method == "GET" ? Answer.Json(200, """{"schema":{"fields":[{"name":"of_table"}]}}""") : null,
        };
        using var client = Client.Of(upload.Server);
        await client.UploadJsonAsync("pixels", "pixel", null, new MemoryStream("{}"u8.ToArray()));

        Assert.That(upload.Session.Json.GetProperty("configuration").GetProperty("load").GetProperty("schema").GetRawText(), Does.Contain("of_table"));
    }

    [TestCase(true)]
    [TestCase(false)] // read as it comes, its length unknown
    public async Task Upload_MoreThanOneChunk_GoesInChunks(bool canSeek)
    {
        var bytes = new byte[ResumableUpload.DefaultChunkSize + 5];
        new Random(1).NextBytes(bytes);
        await using var upload = new UploadServer();
        using var client = Client.Of(upload.Server);
        using var input = canSeek ? new MemoryStream(bytes) : (Stream)new BufferedStream(new OneWayStream(bytes));
        await client.UploadJsonAsync("pixels", "pixel", Schema, input);

        Assert.That(upload.Ranges, Is.EqualTo(new[] { $"bytes 0-10485759/{(canSeek ? "10485765" : "*")}", "bytes 10485760-10485764/10485765" }));
        Assert.That(upload.Received.AsSpan().SequenceEqual(bytes), Is.True);
        Assert.That(upload.Session.Headers.ContainsKey("X-Upload-Content-Length"), Is.EqualTo(canSeek));
    }

    private sealed class OneWayStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
