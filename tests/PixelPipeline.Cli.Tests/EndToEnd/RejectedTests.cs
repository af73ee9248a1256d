using PixelPipeline.Cli.Tests.Support;

namespace PixelPipeline.Cli.Tests.EndToEnd;

/// <summary>Entries rejected under one schema become events under the next.</summary>
[Parallelizable(ParallelScope.Self)]
internal sealed class RejectedTests
{
    private TempFolder _data = null!;

    private string SchemaFile => Path.Combine(_data.Path, "schema.json");

    [SetUp]
    public void MakeDataFolder() => _data = new TempFolder();

    [TearDown]
    public void RemoveDataFolder() => _data.Dispose();

    [Test]
    public async Task Rejected_Replayed_AreEventsAndNoLongerListed()
    {
        await WriteSchemaAsync("INTEGER");
        using var pipeline = await RunningPipeline.StartAsync(_data.Path, "--schema", SchemaFile);
        await pipeline.HitAsync("user_id=alice&amount=12");
        await pipeline.HitAsync("user_id=alice&amount=twelve");
        await pipeline.HitAsync("amount=nobody");
        await pipeline.RowsAsync("rejected_pixel", 2);
        Assert.That(await ListAsync(pipeline), Has.Length.EqualTo(2));
        Assert.That((await ListAsync(pipeline, "--reason", "invalid_value")).Single(), Does.Contain("\"entry\":{").And.Contain("?user_id=alice&amount=twelve\",\"referer\":null"));
        Assert.That(await RunAsync(pipeline), Does.Contain("/pixel.png?user_id=alice&amount=twelve"));

        await WriteSchemaAsync("STRING", column: "amount_text");
        var (exitCode, first, errors) = await PixelProcess.RunAsync(Arguments(pipeline, "--replay"));
        Assert.That(exitCode, Is.Zero, errors);
        var second = await RunAsync(pipeline, "--replay", "--format", "json");

        Assert.That(first, Does.Contain("2 replayed: 1 are events now, 1 are still rejected."));
        Assert.That(second, Is.EqualTo("""{"replayed":1,"events":0,"rejected":1}"""));
        Assert.That((await ListAsync(pipeline)).Single(), Does.Contain("missing_required"));
        var table = $"pixel_alice_{DateTime.UtcNow:yyyyMMdd}";
        Assert.That((await pipeline.RowsAsync(table, 2)).Select(r => r["amount"]), Is.EquivalentTo(new object?[] { 12L, null }));
    }

    private string[] Arguments(RunningPipeline pipeline, params string[] more) =>
        ["rejected", "--bigquery", pipeline.BigQueryHost, "--schema", SchemaFile, .. more];

    private Task<string> RunAsync(RunningPipeline pipeline, params string[] more) => SucceedAsync(Arguments(pipeline, more));

    private async Task<string[]> ListAsync(RunningPipeline pipeline, params string[] more) =>
        (await RunAsync(pipeline, ["--format", "json", .. more])).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static async Task<string> SucceedAsync(string[] arguments)
    {
        var (exitCode, output, errors) = await InProcess.RunAsync(arguments);
        Assert.That(exitCode, Is.Zero, errors);
        return output;
    }

    /// <summary>A schema whose attribute <c>amount</c> has a type, or has been replaced by another column.</summary>
    private Task WriteSchemaAsync(string type, string column = "amount") => File.WriteAllTextAsync(SchemaFile,
        $$"""
        [
          { "name": "event_id", "type": "STRING", "mode": "REQUIRED" },
          { "name": "event_time", "type": "TIMESTAMP", "mode": "REQUIRED" },
          { "name": "user_id", "type": "STRING", "mode": "REQUIRED" },
          { "name": "{{column}}", "type": "{{type}}" }
        ]
        """);
}
