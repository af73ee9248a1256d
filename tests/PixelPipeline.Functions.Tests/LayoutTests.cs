using PixelPipeline.GoogleCloud.Tests.ClientContract;

namespace PixelPipeline.Functions.Tests;

/// <summary>The tables that each layout makes and writes to.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class LayoutTests
{
    [Test]
    public async Task Partitioned_BaseTable_IsPartitionedByDayAndClusteredByUser()
    {
        await using var bigQuery = new RecordingBigQuery();
        await using var function = await PixelFunctionProcess.StartAsync(bigQuery, ("Pixel__Layout", "partitioned"));
        await function.SendAsync(Some.Hit("user_id=a&type=click"));
        var table = bigQuery.Made.Single(m => TableOf(m) == "pixel");

        Assert.That(table.GetProperty("timePartitioning").GetProperty("type").GetString(), Is.EqualTo("DAY"));
        Assert.That(table.GetProperty("timePartitioning").GetProperty("field").GetString(), Is.EqualTo("event_time"));
        Assert.That(table.GetProperty("clustering").GetProperty("fields").EnumerateArray().Select(f => f.GetString()), Is.EqualTo(new[] { "user_id", "type" }));
        Assert.That(bigQuery.Rows.Single().Table, Is.EqualTo("pixel"));
        Assert.That(bigQuery.Server.Requests.Single(RecordingBigQuery.IsInsert).Json.TryGetProperty("templateSuffix", out _), Is.False);
    }

    [Test]
    public async Task Template_BaseTable_HasTheSchemaAndNoPartitions()
    {
        await using var bigQuery = new RecordingBigQuery();
        await using var function = await PixelFunctionProcess.StartAsync(bigQuery);
        var table = bigQuery.Made.Single(m => TableOf(m) == "pixel");

        Assert.That(table.TryGetProperty("timePartitioning", out _), Is.False);
        Assert.That(
            table.GetProperty("schema").GetProperty("fields").EnumerateArray().Select(f => $"{f.GetProperty("name")} {f.GetProperty("type")} {f.GetProperty("mode")}"),
            Is.SupersetOf(new[] { "event_id STRING REQUIRED", "event_time TIMESTAMP REQUIRED", "user_id STRING REQUIRED", "type STRING NULLABLE" }));
    }

    [Test]
    public async Task Both_AHit_IsInTheTableOfAllEventsBeforeItsOwn()
    {
        await using var bigQuery = new RecordingBigQuery();
        await using var function = await PixelFunctionProcess.StartAsync(bigQuery, ("Pixel__Layout", null)); // the default
        using var answer = await function.SendAsync(Some.Hit("user_id=a&type=click"));

        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        Assert.That(bigQuery.Rows.Select(r => r.Table), Is.EqualTo(new[] { "all_pixel", "pixel_a_20261120" }));
        Assert.That(bigQuery.Rows.Select(r => r.InsertId).Distinct().Count(), Is.EqualTo(1));
        var all = bigQuery.Made.Single(m => TableOf(m) == "all_pixel");
        Assert.That(all.GetProperty("timePartitioning").GetProperty("field").GetString(), Is.EqualTo("event_time"));
        var template = bigQuery.Made.Single(m => TableOf(m) == "pixel");
        Assert.That(template.GetProperty("labels").GetProperty("pixel_layout").GetString(), Is.EqualTo("both"));
        Assert.That(template.GetProperty("description").GetString(), Does.Contain("_{user_id}_{date:yyyyMMdd}"));
    }

    [Test]
    public async Task Both_TheTableOfAllEventsRefuses_IsRejectedAndNowhereElse()
    {
        await using var bigQuery = new RecordingBigQuery
        {
            Instead = r => RecordingBigQuery.IsInsert(r) && RecordingBigQuery.TableOf(r) == "all_pixel"
                ? Answer.Json(200, """{"insertErrors":[{"index":0,"errors":[{"reason":"invalid","location":"type","message":"bad"}]}]}""")
                : null,
        };
        await using var function = await PixelFunctionProcess.StartAsync(bigQuery, ("Pixel__Layout", "both"));
        using var answer = await function.SendAsync(Some.Hit("user_id=a&type=click"));

        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        Assert.That(bigQuery.Rows.Select(r => r.Table), Is.EqualTo(new[] { "rejected_pixel" }));
    }

    [Test]
    public async Task Start_TablesOfAnotherLayout_EndsWithOneLineThatNamesBoth()
    {
        await using var bigQuery = new RecordingBigQuery();
        await using (await PixelFunctionProcess.StartAsync(bigQuery, ("Pixel__Layout", "both")))
        {
        }

        await using var function = PixelFunctionProcess.Launch(bigQuery, ("Pixel__Layout", "partitioned"));
        Assert.That(await function.ExitAsync(), Is.EqualTo(1));
        Assert.That(function.Errors.Single(), Does.Contain("the layout both").And.Contain("says partitioned").And.Contain("pixel migrate"));
    }

    [Test]
    public async Task RejectedTable_Partitions_ExpireAsTheSettingSays()
    {
        await using var bigQuery = new RecordingBigQuery();
        await using var function = await PixelFunctionProcess.StartAsync(bigQuery, ("Pixel__RejectedRetentionDays", "7"));
        var partitioning = bigQuery.Made.Single(m => TableOf(m) == "rejected_pixel").GetProperty("timePartitioning");

        Assert.That(partitioning.GetProperty("field").GetString(), Is.EqualTo("rejected_time"));
        Assert.That(partitioning.GetProperty("expirationMs").ToString(), Is.EqualTo($"{7L * 24 * 60 * 60 * 1000}"));
    }

    [Test]
    public async Task RejectedTable_DoesNotTakeRejections_IsToldOnceAndTheMessageKept()
    {
        await using var bigQuery = new RecordingBigQuery
        {
            Instead = r => RecordingBigQuery.IsInsert(r)
                ? Answer.Json(200, """{"insertErrors":[{"index":0,"errors":[{"reason":"invalid","location":"entry","message":"no such field"}]}]}""")
                : null,
        };
        await using var function = await PixelFunctionProcess.StartAsync(bigQuery);
        using var first = await function.SendAsync("{"u8.ToArray());
        using var second = await function.SendAsync("["u8.ToArray());

        Assert.That((int)first.StatusCode, Is.EqualTo(503));
        Assert.That((int)second.StatusCode, Is.EqualTo(503));
        await Eventually.IsTrueAsync(() => function.Output.Any(l => l.Contains("rejected-schema.json", StringComparison.Ordinal)), "the advice");
        Assert.That(function.Output.Count(l => l.Contains("rejected-schema.json", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    private static string? TableOf(System.Text.Json.JsonElement made) =>
        made.TryGetProperty("tableReference", out var reference) ? reference.GetProperty("tableId").GetString() : null;
}
