using PixelPipeline.Local.AccessLog;
using PixelPipeline.Local.HitTrails;
using PixelPipeline.Local.Tests.PubSub;
using PixelPipeline.Local.Tests.Support;

namespace PixelPipeline.Local.Tests.HitTrails;

/// <summary>What can be seen of a pipeline from outside, through its data folder.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class HitTrailTests
{
    [Test]
    public void FindEntry_FolderThatIsNone_FindsNothingAndMakesNothing()
    {
        using var temp = new TempFolder();
        var data = new DataFolder(Path.Combine(temp.Path, "none"));

        Assert.That(new HitTrail(data).FindEntry("mark", DateTimeOffset.MinValue.AddDays(1)), Is.Null);
        Assert.That(Directory.Exists(data.Root), Is.False);
    }

    [TestCase(1)] // each entry in a segment of its own, all but the last in the lake
    [TestCase(5_000_000)]
    public async Task FindEntry_AmongOthers_FindsTheOneWithTheText(int maxSegmentBytes)
    {
        await using var function = await ScriptedFunction.AnsweringAsync(200);
        await using var running = new RunningSubscription(function.Endpoint, accessLog: new AccessLogOptions { MaxSegmentBytes = maxSegmentBytes });
        foreach (var id in Some.InsertIds("entry", 5))
        {
            await running.AppendHitsAsync(id);
        }

        await running.CaughtUpAsync();
        var inspection = new HitTrail(running.Log.Data);
        var since = running.Log.Time.GetUtcNow().AddMinutes(-1);
        var delivered = function.Deliveries.ToDictionary(d => d.InsertId, d => d.MessageId);

        Assert.That(delivered.Keys.Select(id => inspection.FindEntry($"\"{id}\"", since)?.MessageId), Is.EqualTo(delivered.Values));
        Assert.That(inspection.FindEntry("another", since), Is.Null);
    }

    [Test]
    public async Task StateOf_MessageRefused_WaitsWithItsAttemptsUntilItIsDelivered()
    {
        var accepting = false;
        await using var function = await ScriptedFunction.StartAsync(_ => Task.FromResult(accepting ? 200 : 503));
        await using var running = new RunningSubscription(function.Endpoint, o => o with { MaxDeliveryAttempts = int.MaxValue });
        await running.AppendHitsAsync("mark", "other");
        var inspection = new HitTrail(running.Log.Data);
        var entry = inspection.FindEntry("\"mark\"", running.Log.Time.GetUtcNow().AddMinutes(-1))!;

        await Eventually.IsTrueAsync(() => inspection.StateOf(entry) is { IsTaken: true, IsWaiting: true, FailedAttempts: > 2, Backlog: 1 }, "it waits after several attempts, and so does the other");
        accepting = true;
        await Eventually.IsTrueAsync(() => inspection.StateOf(entry) == new MessageState(IsTaken: true, IsWaiting: false, FailedAttempts: 0, Backlog: 0), "both are delivered");
    }

    [Test]
    public async Task StateOf_SubscriptionStopped_IsNotTaken()
    {
        await using var function = await ScriptedFunction.AnsweringAsync(200);
        await using var running = new RunningSubscription(function.Endpoint);
        await running.AppendHitsAsync("before");
        await running.CaughtUpAsync();
        await running.StopAsync();
        await running.AppendHitsAsync("mark");
        var inspection = new HitTrail(running.Log.Data);

        var entry = inspection.FindEntry("\"mark\"", running.Log.Time.GetUtcNow().AddMinutes(-1))!;
        Assert.That(inspection.StateOf(entry), Is.EqualTo(new MessageState(IsTaken: false, IsWaiting: false, FailedAttempts: 0, Backlog: 0)));
    }
}
