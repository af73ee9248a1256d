using PixelPipeline.Local.AccessLog;
using PixelPipeline.Local.Tests.PubSub;
using PixelPipeline.Local.Tests.Support;

namespace PixelPipeline.Local.Tests.AccessLog;

/// <summary>Closed segments are the lake, and the topic delivers from them as before.</summary>
internal sealed class LakeTests
{
    private static readonly AccessLogOptions Small = new() { MaxSegmentBytes = 8, FlushInterval = TimeSpan.FromMilliseconds(5) };

    [Test]
    public async Task Segment_OnceClosed_IsInTheLakeUnderItsDay()
    {
        await using var log = new OpenAccessLog(Small);
        foreach (var line in new[] { "aaa", "bbb", "ccc" })
        {
            await log.AppendAsync(line);
        }

        await Eventually.IsTrueAsync(() => LakeFiles(log.Data).Length == 1, "the first segment is in the lake");
        var file = LakeFiles(log.Data).Single();
        Assert.That(await File.ReadAllTextAsync(file), Is.EqualTo("aaa\nbbb\n"));
        Assert.That(Path.GetRelativePath(log.Data.Lake, file), Does.Match(@"^date=\d{4}-\d\d-\d\d.\d{8}T\d{9}Z\.jsonl$"));
        Assert.That(Path.GetFileName(file)[..8], Is.EqualTo(Path.GetFileName(Path.GetDirectoryName(file))!["date=".Length..].Replace("-", "", StringComparison.Ordinal)));
        Assert.That(await log.ReadAsync(3), Is.EqualTo(new[] { "aaa", "bbb", "ccc" }), "read over both places");
    }

    [Test]
    public async Task Log_OnceClosed_IsAllInTheLake()
    {
        await using var log = new OpenAccessLog();
        await log.AppendAsync("aaa");
        await log.Writer.DisposeAsync();
        Assert.That((LakeFiles(log.Data).Length, Directory.GetFiles(log.Data.AccessLog).Length), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task Leftovers_OfAKilledRun_ReachTheLakeWithWholeLinesOnly()
    {
        await using var log = new OpenAccessLog();
        await log.AppendAsync("aaa");
        await log.Writer.DisposeAsync();
        var file = LakeFiles(log.Data).Single();
        File.Move(file, Path.Combine(log.Data.AccessLog, Path.GetFileName(file)));
        await File.AppendAllTextAsync(Path.Combine(log.Data.AccessLog, Path.GetFileName(file)), "{\"half\":");

        await log.ReopenAsync();
        await log.AppendAsync("bbb");

        Assert.That(await File.ReadAllTextAsync(LakeFiles(log.Data).Single()), Is.EqualTo("aaa\n"));
        Assert.That(await log.ReadAsync(2), Is.EqualTo(new[] { "aaa", "bbb" }));
    }

    [Test]
    public async Task Delivery_FromSegmentsThatMovedMeanwhile_LosesAndDoublesNothing()
    {
        var accepting = false;
        await using var function = await ScriptedFunction.StartAsync(_ => Task.FromResult(Volatile.Read(ref accepting) ? 200 : 503));
        await using var running = new RunningSubscription(
            function.Endpoint, o => o with { MaxDeliveryAttempts = int.MaxValue }, new AccessLogOptions { MaxSegmentBytes = 500, FlushInterval = TimeSpan.FromMilliseconds(5) });
        var hits = Some.InsertIds("hit", 50).ToArray();
        foreach (var hit in hits)
        {
            await running.AppendHitsAsync(hit); // one by one: what comes together is written to one segment
        }

        await Eventually.IsTrueAsync(() => LakeFiles(running.Log.Data).Length > 1, "segments are in the lake");

        await running.RestartAsync();
        var before = function.Deliveries.Count;
        Volatile.Write(ref accepting, true);
        await running.CaughtUpAsync();

        var acknowledged = function.Deliveries.Skip(before).Select(d => d.InsertId).ToList();
        Assert.That(acknowledged.Distinct(), Is.EquivalentTo(hits));
        Assert.That(Directory.GetFiles(running.Log.Data.AccessLog), Is.Empty, "the restart moved the rest");
    }

    private static string[] LakeFiles(DataFolder data) =>
        Directory.Exists(data.Lake) ? [.. Directory.GetFiles(data.Lake, "*.jsonl", SearchOption.AllDirectories).Order()] : [];
}
