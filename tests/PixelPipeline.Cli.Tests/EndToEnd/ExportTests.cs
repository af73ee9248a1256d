using PixelPipeline.Cli.Tests.Support;

namespace PixelPipeline.Cli.Tests.EndToEnd;

internal sealed class ExportTests
{
    [TestCase("csv", "event_id,event_time,user_id,day,price\r\n", ",a,2026-01-02,1.5\r\n")]
    [TestCase("jsonl", "{", ""","user_id":"a","day":"2026-01-02","price":1.5}""" + "\n")]
    public async Task Export_DateAndNumeric_AreWrittenAsTheyAre(string format, string start, string end)
    {
        using var folder = new TempFolder();
        var schema = Path.Combine(folder.Path, "schema.json");
        await File.WriteAllTextAsync(schema, """
            [{"name":"event_id","type":"STRING"},{"name":"event_time","type":"TIMESTAMP"},{"name":"user_id","type":"STRING","mode":"REQUIRED"},
             {"name":"day","type":"DATE"},{"name":"price","type":"NUMERIC"}]
            """);
        using var pipeline = await RunningPipeline.StartAsync(Path.Combine(folder.Path, "data"), "--schema", schema, "--layout", "partitioned");
        (await pipeline.Http.GetAsync($"{pipeline.Pixel}?user_id=a&day=2026-01-02&price=1.50")).EnsureSuccessStatusCode();
        await pipeline.RowsAsync("pixel", 1);
        var file = Path.Combine(folder.Path, "events");
        var (exitCode, _, errors) = await InProcess.RunAsync("export", "--bigquery", pipeline.BigQueryHost, "--format", format, "--out", file);
        Assert.That(exitCode, Is.Zero, errors);
        Assert.That(await File.ReadAllTextAsync(file), Does.StartWith(start).And.EndWith(end));
    }
}
