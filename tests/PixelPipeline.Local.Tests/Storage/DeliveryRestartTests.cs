using Microsoft.Extensions.Logging.Abstractions;
using PixelPipeline.Local.Storage;
using PixelPipeline.Local.Tests.Support;

namespace PixelPipeline.Local.Tests.Storage;

/// <summary>What a run leaves to the next one.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class DeliveryRestartTests
{
    [Test]
    public async Task Restart_AfterSomeWereAcknowledged_DeliversTheOthersAndNothingElse()
    {
        var refused = "drop/b.log";
        await using var function = await ScriptedFunction.StartAsync(d => Task.FromResult((string?)d.Json["name"] == refused ? 500 : 200));
        using var folder = new LookedAtFolder(function.Endpoint);
        Array.ForEach(["drop/a.log", "drop/b.log", "drop/c é.log"], name => folder.Put(name, "1"));
        folder.Look();
        await folder.LookAndWaitAsync();

        refused = "";
        folder.Put("drop/c é.log", "other", written: 1); // while nothing ran
        folder.Put("drop/d.log", "1");
        var before = function.Deliveries.Count;
        folder.Restart();
        folder.Look();
        await folder.LookAndWaitAsync();
        Assert.That(function.Deliveries.Skip(before).Select(d => (string?)d.Json["name"]), Is.EquivalentTo(new[] { "drop/b.log", "drop/c é.log", "drop/d.log" }));
    }

    [Test]
    public async Task Restart_WhileAPushWasUnderWay_DeliversItAgain()
    {
        var gate = new TaskCompletionSource<int>();
        await using var function = await ScriptedFunction.StartAsync(_ => gate.Task);
        using var folder = new LookedAtFolder(function.Endpoint);
        folder.Put("drop/a.log", "1");
        folder.Look();
        folder.Look();
        await Eventually.IsTrueAsync(() => function.Deliveries.Count == 1, "the push");

        gate.SetResult(200);
        folder.Restart(); // as after a kill: nobody has taken in the answer
        folder.Look();
        await folder.LookAndWaitAsync();
        Assert.That(function.Deliveries.Select(d => d.Headers["ce-id"]).Distinct().Count(), Is.EqualTo(1));
        Assert.That(function.Deliveries, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Restart_AfterAnAcknowledgementAtTheEnd_DeliversNothing()
    {
        await using var function = await ScriptedFunction.AnsweringAsync(200);
        using var folder = new LookedAtFolder(function.Endpoint);
        folder.Put("drop/a.log", "1");
        folder.Look();
        folder.Look();
        await folder.Deliveries.AttemptsEndAsync();
        folder.Deliveries.Finish();

        folder.Restart();
        folder.Look();
        await folder.LookAndWaitAsync();
        Assert.That(function.Deliveries, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task State_OfAnotherFolder_CountsForNothing()
    {
        await using var function = await ScriptedFunction.AnsweringAsync(200);
        using var folder = new LookedAtFolder(function.Endpoint);
        folder.Put("drop/a.log", "1");
        folder.Look();
        await folder.LookAndWaitAsync();
        var landed = new BucketFolder(folder.Root, "log-drop", NullLogger.Instance).Objects().Single();

        Assert.That(DeliveredObjects.Load(folder.StateFile, folder.Root).Contains(landed));
        Assert.That(DeliveredObjects.Load(folder.StateFile, "/elsewhere").Contains(landed), Is.False);
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("""{"folder":"/a","delivered":[{"name":"drop/a.log"}]}""")]
    public void State_ChangedBySomethingElse_SaysWhatItsLossMeans(string text)
    {
        using var temp = new TempFolder();
        var file = Path.Combine(temp.Path, "log-drop.json");
        File.WriteAllText(file, text);
        Assert.That(() => DeliveredObjects.Load(file, "/a"), Throws.TypeOf<InvalidDataException>().With.Message.Contains(file).And.Message.Contains("delivered again"));
    }

    [Test]
    public async Task Watch_Stopped_BreaksOffWhatIsUnderWayAndTheNextRunDeliversIt()
    {
        var gate = new TaskCompletionSource<int>();
        await using var function = await ScriptedFunction.StartAsync(_ => gate.Task);
        using var folder = new LookedAtFolder(function.Endpoint);
        folder.Put("drop/slow.log", "1");
        await using var watch = new LogDropWatch(
            folder.Deliveries, TimeSpan.FromMilliseconds(1), TimeProvider.System, NullLogger.Instance);
        await Eventually.IsTrueAsync(() => function.Deliveries.Count == 1, "the push");
        await watch.StopAsync(new CancellationToken(canceled: true));
        gate.SetResult(200);
        Assert.That(watch.Completion.IsCompletedSuccessfully);

        folder.Restart();
        folder.Look();
        await folder.LookAndWaitAsync();
        Assert.That(function.Deliveries, Has.Count.EqualTo(2));
    }
}
