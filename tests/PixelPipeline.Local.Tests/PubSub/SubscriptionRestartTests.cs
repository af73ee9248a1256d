using PixelPipeline.Local.AccessLog;
using PixelPipeline.Local.Tests.Support;

namespace PixelPipeline.Local.Tests.PubSub;

public sealed class SubscriptionRestartTests
{
    [Test]
    public async Task Restart_AllAcknowledged_DeliversNothingTwice()
    {
        await using var function = await ScriptedFunction.AnsweringAsync(200);
        await using var running = new RunningSubscription(function.Endpoint);
        await running.AppendHitsAsync(Some.InsertIds("old", 20));
        await running.CaughtUpAsync();

        await running.RestartAsync();
        await running.AppendHitsAsync("new");
        await running.CaughtUpAsync();

        Assert.That(
            function.Deliveries.Select(d => d.InsertId), Is.EquivalentTo(Some.InsertIds("old", 20).Append("new")));
    }

    [Test]
    public async Task Restart_SomeNotAcknowledged_DeliversJustThose()
    {
        var accepting = false;
        await using var function = await ScriptedFunction.StartAsync(
            d => Task.FromResult(accepting || !d.InsertId.StartsWith("late", StringComparison.Ordinal) ? 200 : 503));
        await using var running = new RunningSubscription(function.Endpoint, o => o with { MaxDeliveryAttempts = int.MaxValue });
        await running.AppendHitsAsync("late0", "a", "late1", "b", "late2");
        await Eventually.IsTrueAsync(() => running.Subscription.Statistics.Acknowledged == 2, "two are acknowledged");
        await running.StopAsync();
        var before = function.Deliveries;
        accepting = true;

        await running.RestartAsync();
        await running.CaughtUpAsync();

        var after = function.Deliveries.Skip(before.Count).ToArray();
        Assert.That(after.Select(d => d.InsertId), Is.EquivalentTo(new[] { "late0", "late1", "late2" }));
        Assert.That(after.Select(d => d.MessageId), Is.SubsetOf(before.Select(d => d.MessageId)));
    }

    [Test]
    public async Task Restart_NothingSavedYet_DeliversAllAgainUnderTheSameIds()
    {
        await using var function = await ScriptedFunction.AnsweringAsync(200);
        await using var running = new RunningSubscription(function.Endpoint);
        await running.AppendHitsAsync("a", "b");
        await running.CaughtUpAsync();
        await running.StopAsync();
        File.Delete(running.StateFile);

        await running.RestartAsync();
        await running.CaughtUpAsync();

        var ids = function.Deliveries.GroupBy(d => d.MessageId).ToArray();
        Assert.That(ids.Select(g => g.Count()), Is.EqualTo(new[] { 2, 2 }));
        Assert.That(ids.Select(g => g.Select(d => d.Body).Distinct().Count()), Is.All.EqualTo(1));
    }

    [Test]
    public async Task Restart_AttemptsOfTheLastRun_Count()
    {
        await using var function = await ScriptedFunction.AnsweringAsync(500);
        await using var running = new RunningSubscription(
            function.Endpoint,
            o => o with { MaxDeliveryAttempts = 5, MinBackoff = TimeSpan.FromHours(1), MaxBackoff = TimeSpan.FromHours(1) });
        await running.AppendHitsAsync("a");
        await Eventually.IsTrueAsync(
            () => function.Deliveries.Count == 1 && running.Subscription.Statistics.InFlight == 0, "one attempt was made");

        await running.RestartAsync();
        await Eventually.IsTrueAsync(() => function.Deliveries.Count == 2, "the next run has tried");
        await running.StopAsync();

        Assert.That(File.ReadAllText(running.StateFile), Does.Contain("\"attempts\":2"));
    }

    [Test]
    public async Task Start_StateFileIsSomethingElse_SaysWhich()
    {
        await using var function = await ScriptedFunction.AnsweringAsync(200);
        await using var running = new RunningSubscription(function.Endpoint);
        await running.StopAsync();
        Directory.CreateDirectory(running.Log.Data.Subscriptions);

        foreach (var content in new[] { "", "null", "{}", "{\"readTo\":{\"segment\":\"x\",\"offset\":1},\"outstanding\":[]}" })
        {
            File.WriteAllText(running.StateFile, content);
            Assert.That(running.Start, Throws.TypeOf<InvalidDataException>().With.Message.Contains(running.StateFile), content);
        }
    }

    [Test]
    public async Task StopAsync_PushUnderWay_WaitsForItsAnswer()
    {
        var answer = new TaskCompletionSource<int>();
        await using var function = await ScriptedFunction.StartAsync(_ => answer.Task);
        await using var running = new RunningSubscription(function.Endpoint);
        await running.AppendHitsAsync("a");
        await Eventually.IsTrueAsync(() => function.Deliveries.Count == 1, "it is being pushed");

        var stopping = running.StopAsync();
        Assert.That(stopping.IsCompleted, Is.False);
        answer.SetResult(200);
        await stopping;

        Assert.That(running.Subscription.Statistics.Acknowledged, Is.EqualTo(1));
    }

    [Test]
    public async Task StopAsync_DeadlinePassed_BreaksOffAndKeepsTheMessage()
    {
        var answer = new TaskCompletionSource<int>();
        await using var function = await ScriptedFunction.StartAsync(_ => answer.Task);
        await using var running = new RunningSubscription(function.Endpoint);
        await running.AppendHitsAsync("a");
        await Eventually.IsTrueAsync(() => function.Deliveries.Count == 1, "it is being pushed");

        using var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await running.Subscription.StopAsync(deadline.Token);
        answer.SetResult(200);
        await running.RestartAsync();
        await running.CaughtUpAsync();

        Assert.That(function.Deliveries.Select(d => d.InsertId).ToArray(), Is.EqualTo(new[] { "a", "a" }));
    }

    [Test]
    public async Task Retention_SegmentsDoneWithAndOld_AreRemoved()
    {
        await using var function = await ScriptedFunction.AnsweringAsync(200);
        await using var running = new RunningSubscription(function.Endpoint);
        await running.AppendHitsAsync("old");
        await running.CaughtUpAsync();

        running.Log.Time.Advance(TimeSpan.FromDays(31));
        await running.AppendHitsAsync("new");

        await HoursLaterAsync(running, () => running.Log.Folder.List().Count == 1, "the old segment is removed");
        Assert.That(running.Log.Contents.Single(), Does.Contain("\"new\""));
    }

    [Test]
    public async Task Retention_SegmentWithAnUndeliveredMessage_IsKept()
    {
        await using var function = await ScriptedFunction.StartAsync(d => Task.FromResult(d.InsertId == "stuck" ? 500 : 200));
        await using var running = new RunningSubscription(
            function.Endpoint, o => o with { MaxDeliveryAttempts = int.MaxValue }, new AccessLogOptions { MaxSegmentBytes = 1 });
        await running.AppendHitsAsync("done");
        await running.AppendHitsAsync("stuck");
        await running.AppendHitsAsync("after");
        await Eventually.IsTrueAsync(() => running.Subscription.Statistics.Acknowledged == 2, "two are acknowledged");

        running.Log.Time.Advance(TimeSpan.FromDays(31));
        await HoursLaterAsync(running, () => running.Log.Folder.List().Count == 2, "the first segment is removed");
        await running.AppendHitsAsync("new");
        await Eventually.IsTrueAsync(() => running.Subscription.Statistics.Acknowledged == 3, "the new one is acknowledged");

        Assert.That(running.Log.Contents[0], Does.Contain("stuck"));
    }

    /// <summary>Retention looks once an hour.</summary>
    private static Task HoursLaterAsync(RunningSubscription running, Func<bool> condition, string what) =>
        Eventually.IsTrueAsync(
            () =>
            {
                running.Log.Time.Advance(TimeSpan.FromHours(2));
                return condition();
            },
            what);
}
