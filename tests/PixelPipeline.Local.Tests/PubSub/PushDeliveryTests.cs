using System.Text.Json.Nodes;
using PixelPipeline.Local.Tests.Support;

namespace PixelPipeline.Local.Tests.PubSub;

public sealed class PushDeliveryTests
{
    [Test]
    public async Task Push_OfAHit_IsWhatEventarcSends()
    {
        await using var function = await ScriptedFunction.AnsweringAsync(200);
        await using var running = new RunningSubscription(function.Endpoint);

        var entry = Some.LogEntry();
        await running.Log.AppendAsync(entry);
        await running.CaughtUpAsync();

        var push = function.Deliveries.Single();
        Assert.Multiple(() =>
        {
            Assert.That((push.Method, push.Path), Is.EqualTo(("POST", "/")));
            Assert.That(push.Headers["content-type"], Is.EqualTo("application/json"));
            Assert.That(push.Headers["ce-specversion"], Is.EqualTo("1.0"));
            Assert.That(push.Headers["ce-type"], Is.EqualTo("google.cloud.pubsub.topic.v1.messagePublished"));
            Assert.That(
                push.Headers["ce-source"], Is.EqualTo("//pubsub.googleapis.com/projects/local/topics/pixel-hits"));
            Assert.That(push.Headers["ce-id"], Is.EqualTo(push.MessageId));
            Assert.That(push.Headers["ce-time"], Is.EqualTo("2026-11-20T11:12:29.455851Z"));
            Assert.That(push.MessageId, Does.Match("^[0-9]+$"));
            Assert.That(push.Entry, Is.EqualTo(entry));
            Assert.That(push.Json, Is.EqualTo(ExpectedBody(push)).Using<JsonNode>(JsonNode.DeepEquals));
        });
    }

    [TestCase(200)]
    [TestCase(201)]
    [TestCase(202)]
    [TestCase(204)]
    public async Task Push_AnsweredSo_IsAcknowledged(int status)
    {
        await using var function = await ScriptedFunction.AnsweringAsync(status);
        await using var running = new RunningSubscription(function.Endpoint);

        await running.AppendHitsAsync("a");
        await running.CaughtUpAsync();

        Assert.That(running.Subscription.Statistics.Acknowledged, Is.EqualTo(1));
        Assert.That(function.Deliveries, Has.Count.EqualTo(1));
    }

    [TestCase(203)]
    [TestCase(206)]
    [TestCase(302)] // a redirect is not followed
    [TestCase(400)]
    [TestCase(404)]
    [TestCase(429)]
    [TestCase(500)]
    [TestCase(503)]
    public async Task Push_AnsweredOtherwise_IsDeliveredAgainTheSame(int status)
    {
        var answers = 0;
        await using var function = await ScriptedFunction.StartAsync(
            _ => Task.FromResult(Interlocked.Increment(ref answers) < 4 ? status : 200));
        await using var running = new RunningSubscription(function.Endpoint);

        await running.AppendHitsAsync("a");
        await running.CaughtUpAsync();

        Assert.That(function.Deliveries, Has.Count.EqualTo(4));
        Assert.That(function.Deliveries.Select(d => d.Body).Distinct().Count(), Is.EqualTo(1));
        Assert.That(function.Deliveries.Select(d => d.Headers["ce-id"]).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Push_NotAnsweredByTheDeadline_IsDeliveredAgain()
    {
        var forever = new TaskCompletionSource<int>();
        var answers = 0;
        await using var function = await ScriptedFunction.StartAsync(
            _ => Interlocked.Increment(ref answers) == 1 ? forever.Task : Task.FromResult(204));
        await using var running = new RunningSubscription(
            function.Endpoint, o => o with { AckDeadline = TimeSpan.FromMilliseconds(300) });

        await running.AppendHitsAsync("a");
        await running.CaughtUpAsync();
        forever.SetResult(200);

        Assert.That(function.Deliveries, Has.Count.EqualTo(2));
        Assert.That(running.Subscription.Statistics.Acknowledged, Is.EqualTo(1));
    }

    [Test]
    public async Task Push_OfWhatTheSinkFiltersOut_NeverHappens()
    {
        await using var function = await ScriptedFunction.AnsweringAsync(200);
        await using var running = new RunningSubscription(function.Endpoint);

        await running.Log.AppendAsync(Some.LogEntry("head", method: "HEAD"));
        await running.Log.AppendAsync(Some.LogEntry("other", requestUrl: "http://localhost/other"));
        await running.Log.AppendAsync("no JSON");
        await running.AppendHitsAsync("hit");
        await running.CaughtUpAsync();

        Assert.That(function.Deliveries.Select(d => d.InsertId), Is.EqualTo(new[] { "hit" }));
        Assert.That(running.Subscription.Statistics.Published, Is.EqualTo(1));
    }

    [TestCase("user_agent")]
    [TestCase("name")]
    [TestCase("timestamp")]
    public async Task Push_OfAnEntryThatIsNotUnicode_BringsItByteByByteAndGoesOn(string where)
    {
        await using var function = await ScriptedFunction.AnsweringAsync(200);
        await using var running = new RunningSubscription(function.Endpoint);

        await running.Log.AppendAsync(Some.NotUnicode(where));
        await running.AppendHitsAsync("next");
        await Eventually.IsTrueAsync(() => running.Subscription.Completion.IsCompleted || running.Subscription.Statistics.Acknowledged == 2, "both are acknowledged");

        Assert.That(function.Deliveries.Select(d => d.Entry), Is.EquivalentTo(new[] { Some.NotUnicode(where), Some.LogEntry("next") }));
    }

    [TestCase("\u00e9")] // no header may carry it
    [TestCase("yesterday")]
    public async Task Push_OfAnEntryWhoseTimeIsNone_SaysNoTime(string time)
    {
        await using var function = await ScriptedFunction.AnsweringAsync(200);
        await using var running = new RunningSubscription(function.Endpoint);

        await running.Log.AppendAsync(Some.LogEntry(timestamp: time).Replace("2026-11-20T11:12:29.455851Z", time, StringComparison.Ordinal));
        await running.CaughtUpAsync();

        var push = function.Deliveries.Single();
        Assert.That(push.Headers, Does.Not.ContainKey("ce-time"));
        Assert.That(push.Message["publishTime"], Is.Null);
        Assert.That(push.Message["attributes"]!.AsObject(), Is.Empty);
    }

    [Test]
    public async Task Push_OneMessageRefusedForLong_DoesNotHoldUpTheOthers()
    {
        await using var function = await ScriptedFunction.StartAsync(
            d => Task.FromResult(d.InsertId == "stuck" ? 500 : 200));
        await using var running = new RunningSubscription(
            function.Endpoint, o => o with { MaxDeliveryAttempts = int.MaxValue });

        await running.AppendHitsAsync("stuck");
        await running.AppendHitsAsync(Some.InsertIds("hit", 100));
        await Eventually.IsTrueAsync(() => running.Subscription.Statistics.Acknowledged == 100, "all others are acknowledged");

        Assert.That(running.Subscription.Statistics.IsCaughtUp, Is.False);
    }

    [Test]
    public async Task Push_ManyMessages_KeepsToTheBoundInFlight()
    {
        var inFlight = 0;
        var answer = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var function = await ScriptedFunction.StartAsync(_ =>
        {
            Interlocked.Increment(ref inFlight);
            return answer.Task;
        });
        await using var running = new RunningSubscription(function.Endpoint, o => o with { MaxInFlight = 5, MaxOutstanding = 20 });

        await running.AppendHitsAsync(Some.InsertIds("hit", 200));
        await Eventually.IsTrueAsync(() => Volatile.Read(ref inFlight) >= 5 && running.Subscription.Statistics.Published == 20, "all there is room for are taken in");
        Assert.That(Volatile.Read(ref inFlight), Is.EqualTo(5));

        answer.SetResult(200);
        await running.CaughtUpAsync();
        Assert.That(function.Deliveries.Select(d => d.InsertId), Is.EquivalentTo(Some.InsertIds("hit", 200)));
    }

    [Test]
    public async Task Push_TooManyOutstanding_StopsReadingAhead()
    {
        await using var function = await ScriptedFunction.AnsweringAsync(500);
        await using var running = new RunningSubscription(
            function.Endpoint, o => o with { MaxOutstanding = 10, MaxDeliveryAttempts = int.MaxValue });

        await running.AppendHitsAsync(Some.InsertIds("hit", 50));
        await Eventually.IsTrueAsync(() => function.Deliveries.Count > 100, "the function was asked again and again");

        Assert.That(function.Deliveries.Select(d => d.InsertId).Distinct().Count(), Is.EqualTo(10));
        Assert.That(running.Subscription.Statistics.UnreadBytes, Is.Positive);
    }

    [Test]
    public async Task Push_WhileTheFunctionIsDown_WaitsAndBurnsNoAttempts()
    {
        var port = FreePort.Take();
        await using var running = new RunningSubscription(
            new Uri($"http://127.0.0.1:{port}/"), o => o with { MaxDeliveryAttempts = 1 });
        await running.AppendHitsAsync(Some.InsertIds("hit", 50));
        await Eventually.IsTrueAsync(() => running.Subscription.Statistics.Backlog == 50, "all wait");

        await using var function = await ScriptedFunction.StartAsync(_ => Task.FromResult(200), port);
        await running.CaughtUpAsync();

        Assert.That(running.Subscription.Statistics.DeadLettered, Is.Zero);
        Assert.That(function.Deliveries.Select(d => d.InsertId), Is.EquivalentTo(Some.InsertIds("hit", 50)));
    }

    private static JsonObject ExpectedBody(Delivery push) => new JsonObject
    {
        ["message"] = new JsonObject
        {
            ["data"] = push.Message["data"]!.DeepClone(),
            ["attributes"] = new JsonObject { ["logging.googleapis.com/timestamp"] = "2026-11-20T11:12:28.408747Z" },
            ["messageId"] = push.MessageId,
            ["message_id"] = push.MessageId,
            ["publishTime"] = "2026-11-20T11:12:29.455851Z",
            ["publish_time"] = "2026-11-20T11:12:29.455851Z",
        },
        ["subscription"] = "projects/local/subscriptions/pixel-function",
    };
}
