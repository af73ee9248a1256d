using System.Text;
using System.Text.Json.Nodes;
using PixelPipeline.Local.PubSub;
using PixelPipeline.Local.Tests.Support;

namespace PixelPipeline.Local.Tests.PubSub;

public sealed class DeadLetterTests
{
    private int _status = 500;

    [SetUp]
    public void RefuseEverything() => _status = 500;

    [Test]
    public async Task DeadLetter_AfterTheLastAttempt_IsOnDiskWithAllAboutIt()
    {
        await using var function = await StartFunctionAsync();
        await using var running = new RunningSubscription(function.Endpoint, o => o with { MaxDeliveryAttempts = 3 });
        var entry = Some.LogEntry("poison");

        await running.Log.AppendAsync(entry);
        await running.CaughtUpAsync();

        var letter = running.DeadLetters.List().Single();
        Assert.Multiple(() =>
        {
            Assert.That(function.Deliveries, Has.Count.EqualTo(3));
            Assert.That(letter.MessageId, Is.EqualTo(function.Deliveries[0].MessageId));
            Assert.That(letter.Attempts, Is.EqualTo(3));
            Assert.That(letter.LastStatus, Is.EqualTo("500"));
            Assert.That(letter.Offset, Is.Zero);
            Assert.That(Encoding.UTF8.GetString(letter.Entry.Span), Is.EqualTo(entry));
            Assert.That(running.Subscription.Statistics.DeadLettered, Is.EqualTo(1));
        });
    }

    [Test]
    public async Task DeadLetter_OnDisk_IsOneLineOfJson()
    {
        await using var function = await StartFunctionAsync();
        await using var running = await WithOneDeadLetterAsync(function);

        var line = File.ReadAllLines(Directory.GetFiles(running.Log.Data.DeadLetters).Single()).Single();

        var json = JsonNode.Parse(line)!.AsObject();
        Assert.That(
            json.Select(p => p.Key), Is.EqualTo(new[] { "position", "messageId", "attempts", "lastStatus", "time", "entry" }));
    }

    [Test]
    public async Task RequestRedelivery_WhileRunning_DeliversTheSameMessageAndForgetsIt()
    {
        await using var function = await StartFunctionAsync();
        await using var running = await WithOneDeadLetterAsync(function);
        var first = function.Deliveries[0];
        _status = 200;

        Assert.That(running.DeadLetters.RequestRedelivery(first.MessageId));
        await Eventually.IsTrueAsync(() => running.Subscription.Statistics.Acknowledged == 1, "it is acknowledged");

        Assert.That(function.Deliveries[^1].Body, Is.EqualTo(first.Body));
        Assert.That(running.DeadLetters.List(), Is.Empty);
        Assert.That(Directory.GetFiles(running.Log.Data.DeadLetters, "*", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public async Task RequestRedelivery_WhileNothingRuns_IsDoneByTheNextRun()
    {
        await using var function = await StartFunctionAsync();
        await using var running = await WithOneDeadLetterAsync(function);
        await running.StopAsync();
        _status = 200;

        Assert.That(running.DeadLetters.RequestRedeliveryOfAll(), Is.EqualTo(1));
        running.Start();
        await Eventually.IsTrueAsync(() => running.Subscription.Statistics.Acknowledged == 1, "it is acknowledged");

        Assert.That(function.Deliveries.Select(d => d.Body).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task RequestRedelivery_RefusedAgain_IsADeadLetterOnceMore()
    {
        await using var function = await StartFunctionAsync();
        await using var running = await WithOneDeadLetterAsync(function);
        var before = function.Deliveries.Count;

        running.DeadLetters.RequestRedeliveryOfAll();
        await Eventually.IsTrueAsync(() => running.Subscription.Statistics.DeadLettered == 2, "it is given up again");

        Assert.That(function.Deliveries, Has.Count.EqualTo(before + 2));
        Assert.That(running.DeadLetters.List().Single().MessageId, Is.EqualTo(function.Deliveries[0].MessageId));
    }

    [TestCase("../../secret")]
    [TestCase("1")]
    [TestCase("")]
    public async Task RequestRedelivery_OfNoDeadLetter_IsFalse(string messageId)
    {
        await using var function = await StartFunctionAsync();
        await using var running = await WithOneDeadLetterAsync(function);

        Assert.That(running.DeadLetters.RequestRedelivery(messageId), Is.False);
        Assert.That(running.DeadLetters.List(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Redelivery_OfAFileThatIsNoDeadLetter_HoldsUpNothing()
    {
        await using var function = await StartFunctionAsync();
        await using var running = await WithOneDeadLetterAsync(function);
        var requests = Directory.CreateDirectory(Path.Combine(running.Log.Data.DeadLetters, "redeliver"));
        File.WriteAllText(Path.Combine(requests.FullName, "1.jsonl"), "{}");
        _status = 200;

        running.DeadLetters.RequestRedeliveryOfAll();
        await Eventually.IsTrueAsync(() => running.Subscription.Statistics.Acknowledged == 1, "the other is acknowledged");

        Assert.That(running.Subscription.Completion.IsCompleted, Is.False);
    }

    [Test]
    public void List_NothingEverGivenUp_IsEmpty()
    {
        using var temp = new TempFolder();

        Assert.That(new DeadLetterStore(new DataFolder(temp.Path)).List(), Is.Empty);
    }

    [Test]
    public async Task Restart_KilledBetweenDeadLetterAndPosition_NeitherDoublesNorDeliversIt()
    {
        await using var function = await StartFunctionAsync();
        await using var running = await WithOneDeadLetterAsync(function);
        var before = function.Deliveries.Count;
        await running.StopAsync();
        File.Delete(running.StateFile); // as if nothing had been saved yet

        running.Start();
        await running.AppendHitsAsync("next");
        await Eventually.IsTrueAsync(() => running.Subscription.Statistics.DeadLettered == 1, "the next is given up");

        Assert.That(running.DeadLetters.List(), Has.Count.EqualTo(2));
        Assert.That(function.Deliveries.Skip(before).Select(d => d.InsertId), Is.All.EqualTo("next"));
    }

    [Test]
    public async Task DeadLetter_ThatCannotBeWritten_IsTriedAgainAndNotLost()
    {
        await using var function = await StartFunctionAsync();
        await using var running = new RunningSubscription(function.Endpoint, o => o with { MaxDeliveryAttempts = 2 });
        File.WriteAllText(running.Log.Data.DeadLetters, "a file where the folder should be");

        await running.AppendHitsAsync("poison");
        await Eventually.IsTrueAsync(() => function.Deliveries.Count > 4, "it is tried beyond its attempts");
        File.Delete(running.Log.Data.DeadLetters);
        await running.CaughtUpAsync();

        Assert.That(running.DeadLetters.List(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task DeadLetter_PastTheRetention_IsRemovedAndNoOther()
    {
        await using var function = await StartFunctionAsync();
        await using var running = await WithOneDeadLetterAsync(function);
        File.WriteAllText(Path.Combine(running.Log.Data.DeadLetters, "1.jsonl"), "{}"); // not ours
        running.Log.Time.Advance(TimeSpan.FromDays(20));
        await running.AppendHitsAsync("young");
        await running.CaughtUpAsync();

        running.Log.Time.Advance(TimeSpan.FromDays(11));
        await Eventually.IsTrueAsync(() => Directory.GetFiles(running.Log.Data.DeadLetters).Length == 2, "the old one is removed");

        File.Delete(Path.Combine(running.Log.Data.DeadLetters, "1.jsonl"));
        Assert.That(Encoding.UTF8.GetString(running.DeadLetters.List().Single().Entry.Span), Does.Contain("young"));
        Assert.That(running.Subscription.Completion.IsCompleted, Is.False);
    }

    private Task<ScriptedFunction> StartFunctionAsync() => ScriptedFunction.StartAsync(_ => Task.FromResult(_status));

    private static async Task<RunningSubscription> WithOneDeadLetterAsync(ScriptedFunction function)
    {
        var running = new RunningSubscription(function.Endpoint, o => o with { MaxDeliveryAttempts = 2 });
        await running.AppendHitsAsync("poison");
        await running.CaughtUpAsync();
        return running;
    }
}
