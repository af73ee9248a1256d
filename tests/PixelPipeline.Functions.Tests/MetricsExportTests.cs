using System.Text;
using PixelPipeline.GoogleCloud.Tests.ClientContract;

namespace PixelPipeline.Functions.Tests;

/// <summary>The figures, as a collector receives them.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class MetricsExportTests
{
    [Test]
    public async Task Export_Collector_ReceivesTheFigures()
    {
        await using var collector = new ScriptedServer(_ => Answer.Json(200, "{}"));
        await using var bigQuery = new RecordingBigQuery();
        await using var function = await PixelFunctionProcess.StartAsync(
            bigQuery,
            ("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://127.0.0.1:{collector.Port}"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "600000"));
        await function.SendAsync(Some.LogEntry());
        await function.SendAsync(Some.LogEntry(requestUrl: "https://t.example/other"));
        await function.TerminateAsync(); // sends what is left

        var export = collector.Requests.Single(r => r.Target == "/v1/metrics");
        var body = Encoding.Latin1.GetString(export.Body);
        Assert.That(export.Headers["Content-Type"], Is.EqualTo("application/x-protobuf"));
        foreach (var text in (string[])[
            "pixel-function", "pixelpipeline.entries", "written", "other_path", "pixelpipeline.batch.rows",
            "pixelpipeline.commit.duration", "pixelpipeline.waiting_rows", "pixelpipeline.new_tables"])
        {
            Assert.That(body, Does.Contain(text));
        }
    }

    [Test]
    public async Task Export_CollectorGone_DoesNotDelayTheEnd()
    {
        await using var collector = new ScriptedServer(Answer.Never);
        await using var bigQuery = new RecordingBigQuery();
        await using var function = await PixelFunctionProcess.StartAsync(
            bigQuery, ("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://127.0.0.1:{collector.Port}"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"));
        await function.SendAsync(Some.LogEntry());
        var clock = System.Diagnostics.Stopwatch.StartNew();

        Assert.That(await function.TerminateAsync(), Is.Zero);
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(9)));
    }
}
