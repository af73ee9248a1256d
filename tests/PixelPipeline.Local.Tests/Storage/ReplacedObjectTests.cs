using PixelPipeline.Local.Tests.Support;

namespace PixelPipeline.Local.Tests.Storage;

/// <summary>Other content under a name that the function was told of before.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ReplacedObjectTests
{
    [Test]
    public async Task Object_Replaced_IsDeliveredAgainUnderAnotherId()
    {
        await using var function = await ScriptedFunction.AnsweringAsync(200);
        using var folder = new LookedAtFolder(function.Endpoint);
        folder.Put("drop/a.log", "1");
        folder.Look();
        await folder.LookAndWaitAsync();
        folder.Put("drop/a.log", "2", written: 1);
        folder.Look();
        await folder.LookAndWaitAsync();

        Assert.That(function.Deliveries.Select(d => (string?)d.Json["name"]), Is.EqualTo(new[] { "drop/a.log", "drop/a.log" }));
        Assert.That(function.Deliveries.Select(d => d.Headers["ce-id"]), Is.Unique);
    }

    [Test]
    public async Task Object_ReplacedWhileItWasRefused_ComesAtOnce()
    {
        await using var function = await ScriptedFunction.StartAsync(d => Task.FromResult((string?)d.Json["size"] == "1" ? 500 : 200));
        using var folder = new LookedAtFolder(function.Endpoint);
        folder.Put("drop/a.gz", "1");
        folder.Look();
        await folder.LookAndWaitAsync();
        folder.Put("drop/a.gz", "mended");
        folder.Look();
        await folder.LookAndWaitAsync(); // though the clock stands

        Assert.That(function.Deliveries.Select(d => (string?)d.Json["size"]), Is.EqualTo(new[] { "1", "6" }));
    }

    [Test]
    public async Task Object_ReplacedWhileItIsDelivered_ComesAfterwardsAndNotBesides()
    {
        var answer = new TaskCompletionSource<int>();
        await using var function = await ScriptedFunction.StartAsync(_ => answer.Task);
        using var folder = new LookedAtFolder(function.Endpoint);
        folder.Put("drop/a.log", "1");
        folder.Look();
        folder.Look();
        await Eventually.IsTrueAsync(() => function.Deliveries.Count == 1, "the first push");
        folder.Put("drop/a.log", "new");
        folder.Look();
        folder.Look();
        Assert.That(function.Deliveries, Has.Count.EqualTo(1), "or the older summary could be written last");

        answer.SetResult(200);
        await folder.Deliveries.AttemptsEndAsync();
        await folder.LookAndWaitAsync();
        Assert.That(function.Deliveries.Select(d => (string?)d.Json["size"]), Is.EqualTo(new[] { "1", "3" }));
    }

    [Test]
    public async Task Object_RemovedAndPutBack_HasLandedAnew()
    {
        await using var function = await ScriptedFunction.AnsweringAsync(200);
        using var folder = new LookedAtFolder(function.Endpoint);
        folder.Put("drop/a.log", "1");
        folder.Look();
        await folder.LookAndWaitAsync();
        File.Delete(Path.Combine(folder.Root, "drop/a.log"));
        folder.Look();
        folder.Put("drop/a.log", "1");
        folder.Look();
        await folder.LookAndWaitAsync();

        Assert.That(function.Deliveries, Has.Count.EqualTo(2));
    }
}
