using PixelPipeline.Cli.Tests.Support;

namespace PixelPipeline.Cli.Tests.EndToEnd;

internal sealed class ExportTests
{
    [Test]
    public async Task Export_DateAndNumeric_AreWrittenAsTheyAreInEachFormat()
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
        Assert.That(await ExportAsync("csv"), Does.StartWith("event_id,event_time,user_id,day,price\r\n").And.EndWith(",a,2026-01-02,1.5\r\n"));
        Assert.That(await ExportAsync("jsonl"), Does.StartWith("{").And.EndWith(""","user_id":"a","day":"2026-01-02","price":1.5}""" + "\n"));

        async Task<string> ExportAsync(string format)
        {
            var file = Path.Combine(folder.Path, format);
            var (exitCode, _, errors) = await InProcess.RunAsync("export", "--bigquery", pipeline.BigQueryHost, "--format", format, "--out", file);
            Assert.That(exitCode, Is.Zero, errors);
            return await File.ReadAllTextAsync(file);
        }
    }
}
