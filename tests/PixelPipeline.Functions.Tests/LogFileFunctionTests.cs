using System.IO.Compression;
using System.Net;
using System.Text;
using Google.Events.Protobuf.Cloud.Storage.V1;
using Microsoft.Extensions.Logging.Abstractions;
using PixelPipeline.Functions.LogFiles;
using PixelPipeline.GoogleCloud.Storage;
using PixelPipeline.GoogleCloud.Tests.ClientContract;

namespace PixelPipeline.Functions.Tests;

/// <summary>A log file that lands in a bucket, whose JSON API is scripted.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class LogFileFunctionTests
{
    private const string Line = "203.0.113.7 - - [20/Nov/2026:11:12:28 +0000] \"GET /pixel.png?type=click HTTP/1.1\" 200 43 \"-\" \"agent\"\n";

    [Test]
    public async Task LogFile_InTheInputPrefix_IsSummarisedUnderTheOther()
    {
        await using var storage = Storage(Line + "junk\n" + Line);
        await HandleAsync(storage, "drop/2026/access log.txt");
        Assert.That(storage.Requests.Select(r => $"{r.Method} {r.Target}"), Is.EqualTo(new[]
        {
            "GET /storage/v1/b/logs/o/drop%2F2026%2Faccess%20log.txt?alt=media",
            "POST /upload/storage/v1/b/logs/o?uploadType=media&name=summaries%2F2026%2Faccess%20log.txt.csv",
        }));
        Assert.That(Encoding.UTF8.GetString(storage.Requests[1].Body), Is.EqualTo("date,path,type,hits\r\n2026-11-20,/pixel.png,click,2\r\n"));
    }

    [Test]
    public async Task LogFile_DeliveredTwice_GivesTheSameObject()
    {
        await using var storage = Storage(Line);
        await HandleAsync(storage, "drop/a.log");
        await HandleAsync(storage, "drop/a.log");
        var writes = storage.Requests.Where(r => r.Method == "POST").ToList();
        Assert.That((writes[1].Target, writes[1].Body), Is.EqualTo((writes[0].Target, writes[0].Body)));
    }

    [TestCase("summaries/a.log.csv")] // its own output
    [TestCase("other/a.log")]
    [TestCase("drop/")] // a folder that the console made
    public async Task Object_ElsewhereOrNoFile_IsPassedOver(string name)
    {
        await using var storage = Storage(Line);
        await HandleAsync(storage, name);
        Assert.That(storage.Requests, Is.Empty);
    }

    [Test]
    public async Task LogFile_ThatCannotBeRead_FailsSoThatItComesAgain()
    {
        await using var storage = new ScriptedServer(Answer.Error(503, "backendError"));
        Assert.That(() => HandleAsync(storage, "drop/a.log"), Throws.InstanceOf<IOException>());
    }

    [Test]
    public async Task LogFile_ThatIsNoLongerThere_IsAcknowledged()
    {
        await using var storage = new ScriptedServer(Answer.Error(404, "notFound"));
        await HandleAsync(storage, "drop/a.log");
        Assert.That(storage.Requests.Select(r => r.Method), Is.EqualTo(new[] { "GET" }));
    }

    [Test]
    public async Task LogFile_ThatCannotBeDecompressed_IsAcknowledgedWithoutASummary()
    {
        await using var storage = new ScriptedServer(Answer.Content(Gzip(Line)[..^12]));
        await HandleAsync(storage, "drop/a.log.gz");
        Assert.That(storage.Requests.Select(r => r.Method), Is.EqualTo(new[] { "GET" }));
    }

    [Test]
    public async Task LogFile_WhoseCopyEndsEarly_FailsSoThatItComesAgain()
    {
        await using var storage = new ScriptedServer(Answer.Content(Gzip(Line), missing: 12));
        Assert.That(() => HandleAsync(storage, "drop/a.log.gz"), Throws.InstanceOf<IOException>());
    }

    [TestCase("""{"generation":"7"}""", true)]
    [TestCase("""{"generation":"8"}""", false)] // it has an event of its own
    [TestCase(null, false)] // removed
    public async Task Summary_OfAnOlderGeneration_IsNotWritten(string? now, bool isWritten)
    {
        await using var storage = new ScriptedServer(request => request switch
        {
            { Method: "POST" } => Answer.Json(200, "{}"),
            _ when request.Target.EndsWith("?alt=media", StringComparison.Ordinal) => Answer.Json(200, Line),
            _ => now is null ? Answer.Error(404, "notFound") : Answer.Json(200, now),
        });
        await HandleAsync(storage, "drop/a.log", generation: 7);
        Assert.That(storage.Requests.Any(r => r.Method == "POST"), Is.EqualTo(isWritten));
    }

    [TestCase("LogFiles__OutputPrefix", "drop/summaries/", "input prefix")]
    [TestCase("LogFiles__OutputPrefix", "dr", "input prefix")] // drop/op/a.log would have its summary at drop/a.log.csv
    [TestCase("LogFiles__Format", "iis", "logentry")]
    [TestCase("LogFiles__TimeZone", "Mars/Olympus", "Europe/Berlin")]
    [TestCase("LogFiles__Misspelt", "x", "is not known")]
    public async Task Setting_ThatCannotBe_EndsTheStartWithItsName(string name, string value, string advice)
    {
        await using var bigQuery = new RecordingBigQuery();
        await using var function = PixelFunctionProcess.Launch(
            bigQuery, ("FUNCTION_TARGET", typeof(LogFileFunction).FullName), ("STORAGE_EMULATOR_HOST", "127.0.0.1:9"), (name, value));
        Assert.That(await function.ExitAsync(), Is.Not.Zero);
        Assert.That(string.Join('\n', function.Errors), Does.Contain(name).And.Contain(advice));
    }

    [Test]
    public async Task Event_OverHttp_IsAcknowledgedOnceTheSummaryIsWritten()
    {
        await using var storage = Storage(Line);
        await using var bigQuery = new RecordingBigQuery();
        await using var function = await PixelFunctionProcess.StartAsync(
            bigQuery, ("FUNCTION_TARGET", typeof(LogFileFunction).FullName), ("STORAGE_EMULATOR_HOST", $"127.0.0.1:{storage.Port}"), ("LogFiles__Bucket", "logs"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent("""{"bucket":"logs","name":"drop/a.log","size":"100"}""", Encoding.UTF8, "application/json") };
        foreach (var (name, value) in ((string, string)[])[
            ("ce-specversion", "1.0"), ("ce-id", "1"), ("ce-type", "google.cloud.storage.object.v1.finalized"), ("ce-source", "//storage.googleapis.com/projects/_/buckets/logs")])
        {
            request.Headers.Add(name, value);
        }

        using var answer = await function.Http.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(storage.Requests.Select(r => r.Method), Is.EqualTo(new[] { "GET", "POST" }));
    }

    private static ScriptedServer Storage(string log) =>
        new(request => request.Method == "GET" ? Answer.Json(200, log) : Answer.Json(200, "{}"));

    private static byte[] Gzip(string text)
    {
        var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return zipped.ToArray();
    }

    private static async Task HandleAsync(ScriptedServer server, string name, long generation = 0)
    {
        using var storage = CloudStorage.Create($"127.0.0.1:{server.Port}");
        var function = new LogFileFunction(new LogFileOptions { Keys = "type" }, storage, NullLogger<LogFileFunction>.Instance);
        await function.HandleAsync(null!, new StorageObjectData { Bucket = "logs", Name = name, Size = 1, Generation = generation }, CancellationToken.None);
    }
}
