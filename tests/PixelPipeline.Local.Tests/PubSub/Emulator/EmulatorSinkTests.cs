using Microsoft.Extensions.Logging.Abstractions;
using PixelPipeline.Local.PubSub;
using PixelPipeline.Local.PubSub.Emulator;
using PixelPipeline.Local.Tests.Support;

namespace PixelPipeline.Local.Tests.PubSub.Emulator;

internal sealed class EmulatorSinkTests
{
    [Test]
    public async Task Start_WithAnEmptyEmulator_MakesTopicsAndThePushSubscription()
    {
        await using var emulator = await ScriptedEmulator.TakingAllAsync();
        await using var running = await RunningSink.StartedAsync(emulator);

        Assert.That(emulator.Requests.Select(r => $"{r.Method} {r.Path}"), Is.EqualTo(new[]
        {
            "PUT /v1/projects/local/topics/pixel-hits",
            "PUT /v1/projects/local/topics/pixel-hits-dead-letters",
            "PUT /v1/projects/local/subscriptions/pixel-hits-dead-letters",
            "PUT /v1/projects/local/subscriptions/pixel-function",
        }));
        var subscription = emulator.Requests[^1].Json;
        Assert.That((string?)subscription["pushConfig"]!["pushEndpoint"], Is.EqualTo("http://127.0.0.1:8081/projects/local/topics/pixel-hits"));
        Assert.That((int)subscription["deadLetterPolicy"]!["maxDeliveryAttempts"]!, Is.EqualTo(100));
    }

    [Test]
    public async Task Start_WithTheSubscriptionThere_BringsItToThisRunsEndpoint()
    {
        await using var emulator = await ScriptedEmulator.StartAsync(r => Task.FromResult(r.Method == "PUT" ? 409 : 200));
        await using var running = await RunningSink.StartedAsync(emulator);

        var change = emulator.Requests.Single(r => r.Method == "PATCH").Json;
        Assert.That((string?)change["updateMask"], Does.Contain("pushConfig").And.Not.Contain("topic"));
        Assert.That((string?)change["subscription"]!["pushConfig"]!["pushEndpoint"], Does.Contain(":8081/"));
    }

    [Test]
    public async Task Hits_Appended_ArePublishedInOrderAndOnlyWhatPassesTheFilter()
    {
        await using var emulator = await ScriptedEmulator.TakingAllAsync();
        await using var running = await RunningSink.StartedAsync(emulator);

        await running.AppendHitsAsync(Some.InsertIds("a", 150));
        await running.Log.AppendAsync(Some.LogEntry("posted", method: "POST"));
        await running.AppendHitsAsync("last");
        await running.CaughtUpAsync();

        Assert.That(emulator.Published, Is.EqualTo(Some.InsertIds("a", 150).Append("last")));
    }

    [TestCase(404)] // started anew: the topic is gone
    [TestCase(503)]
    public async Task Publish_ThatFails_IsTriedAgainWithTheTopicsMadeAnew(int status)
    {
        var failures = 1;
        await using var emulator = await ScriptedEmulator.StartAsync(
            r => Task.FromResult(ScriptedEmulator.IsPublish(r) && Interlocked.Decrement(ref failures) >= 0 ? status : 200));
        await using var running = await RunningSink.StartedAsync(emulator);

        await running.AppendHitsAsync("a");
        await running.CaughtUpAsync();

        Assert.That(emulator.Published, Is.EqualTo(new[] { "a", "a" }));
        Assert.That(emulator.Requests.Count(r => r.Path.EndsWith("/pixel-function", StringComparison.Ordinal)), Is.EqualTo(2));
    }

    [Test]
    public async Task Publish_RefusedForGood_EndsTheRunWithTheReason()
    {
        await using var emulator = await ScriptedEmulator.StartAsync(r => Task.FromResult(ScriptedEmulator.IsPublish(r) ? 400 : 200));
        await using var running = await RunningSink.StartedAsync(emulator);

        await running.AppendHitsAsync("a");

        Assert.That(async () => await running.Sink.Completion.WaitAsync(TimeSpan.FromSeconds(60)), Throws.TypeOf<PubSubEmulatorException>());
    }

    [Test]
    public async Task Restart_AllTaken_PublishesNothingTwice()
    {
        await using var emulator = await ScriptedEmulator.TakingAllAsync();
        await using var running = await RunningSink.StartedAsync(emulator);
        await running.AppendHitsAsync("a", "b");
        await running.CaughtUpAsync();

        await running.RestartAsync(emulator);
        await running.AppendHitsAsync("c");
        await running.CaughtUpAsync();

        Assert.That(emulator.Published, Is.EqualTo(new[] { "a", "b", "c" }));
    }

    [Test]
    public async Task Restart_WhileAPublishIsNotAnswered_PublishesItAgain()
    {
        var never = new TaskCompletionSource<int>();
        await using var hanging = await ScriptedEmulator.StartAsync(r => ScriptedEmulator.IsPublish(r) ? never.Task : Task.FromResult(200));
        await using var emulator = await ScriptedEmulator.TakingAllAsync();
        await using var running = await RunningSink.StartedAsync(hanging);
        await running.AppendHitsAsync("a");
        await Eventually.IsTrueAsync(() => hanging.Published.Count > 0, "the publish is under way");

        await running.RestartAsync(emulator);
        await running.AppendHitsAsync("b");
        await running.CaughtUpAsync();
        never.SetResult(200);

        Assert.That(emulator.Published, Is.EqualTo(new[] { "a", "b" }));
    }

    [Test]
    public async Task Start_AfterTheBuiltInDelivery_PublishesWhatThatLeftOver()
    {
        await using var function = await ScriptedFunction.StartAsync(d => Task.FromResult(d.InsertId == "refused" ? 503 : 200));
        await using var emulator = await ScriptedEmulator.TakingAllAsync();
        await using var running = new RunningSink();
        var builtIn = PushSubscription.Start(
            running.Options with { Endpoint = function.Endpoint }, running.Log.Data, running.Log.Writer, TimeProvider.System, NullLoggerFactory.Instance);
        await running.AppendHitsAsync("refused", "taken");
        await Eventually.IsTrueAsync(() => builtIn.Statistics.Acknowledged == 1 && function.Deliveries.Count > 1, "one is taken, one is not");
        await builtIn.DisposeAsync();

        await running.StartAsync(emulator);
        await running.AppendHitsAsync("new");
        await running.CaughtUpAsync();

        Assert.That(emulator.Published, Is.EqualTo(new[] { "refused", "new" }));
    }
}
