using System.Text.Json.Nodes;
using PixelPipeline.Local.Tests.Support;

namespace PixelPipeline.Local.Tests.Storage;

/// <summary>What lands in the folder reaches the function, once it is whole and until it is acknowledged.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ObjectDeliveryTests
{
    [Test]
    public async Task Event_OfAnObject_IsWhatEventarcSends()
    {
        await using var function = await ScriptedFunction.AnsweringAsync(200);
        using var folder = new LookedAtFolder(function.Endpoint);
        folder.Put("drop/a é.log", "12345");
        folder.Look();
        await folder.LookAndWaitAsync();

        var push = function.Deliveries.Single();
        Assert.Multiple(() =>
        {
            Assert.That((push.Method, push.Path), Is.EqualTo(("POST", "/")));
            Assert.That(push.Headers["content-type"], Is.EqualTo("application/json"));
            Assert.That(push.Headers["ce-specversion"], Is.EqualTo("1.0"));
            Assert.That(push.Headers["ce-type"], Is.EqualTo("google.cloud.storage.object.v1.finalized"));
            Assert.That(push.Headers["ce-source"], Is.EqualTo("//storage.googleapis.com/projects/_/buckets/log-drop"));
            Assert.That(push.Headers["ce-subject"], Is.EqualTo("objects/drop/a%20%C3%A9.log"));
            Assert.That(push.Headers["ce-bucket"], Is.EqualTo("log-drop"));
            Assert.That(push.Headers["ce-id"], Does.Match("^[0-9a-f]{32}$"));
            Assert.That(push.Headers["ce-time"], Is.EqualTo("2026-11-20T11:12:00.000Z"));
            Assert.That(push.Json, Is.EqualTo(JsonNode.Parse("""
                {
                  "kind": "storage#object", "id": "log-drop/drop/a é.log/1795173120000000", "bucket": "log-drop", "name": "drop/a é.log",
                  "generation": "1795173120000000", "metageneration": "1", "contentType": "application/octet-stream", "storageClass": "STANDARD",
                  "size": "5", "timeCreated": "2026-11-20T11:12:00.000Z", "updated": "2026-11-20T11:12:00.000Z"
                }
                """)!).Using<JsonNode>(JsonNode.DeepEquals));
        });
    }

    [Test]
    public async Task Object_ThatIsStillWritten_IsDeliveredOnceItIsWhole()
    {
        await using var function = await ScriptedFunction.AnsweringAsync(200);
        using var folder = new LookedAtFolder(function.Endpoint);
        foreach (var (content, written) in new[] { ("1", 0), ("12", 1), ("123", 1), ("321", 2) }) // the size grows, or the time
        {
            folder.Put("drop/a.log", content, written);
            folder.Look();
            await folder.Deliveries.AttemptsEndAsync();
            Assert.That(function.Deliveries, Is.Empty);
        }

        await folder.LookAndWaitAsync();
        Assert.That(function.Deliveries.Select(d => (string?)d.Json["size"]), Is.EqualTo(new[] { "3" }));
    }

    [Test]
    public async Task Object_Acknowledged_IsNotDeliveredAgain()
    {
        await using var function = await ScriptedFunction.AnsweringAsync(204);
        using var folder = new LookedAtFolder(function.Endpoint);
        folder.Put("drop/a.log", "1");
        folder.Look();
        for (var look = 0; look < 5; look++)
        {
            await folder.LookAndWaitAsync();
        }

        Assert.That(function.Deliveries, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Objects_InAndOutsideTheInputPrefix_AllAreDelivered()
    {
        await using var function = await ScriptedFunction.AnsweringAsync(200);
        using var folder = new LookedAtFolder(function.Endpoint);
        string[] names = ["a.txt", "drop/a.log", "drop/2026/b.log", "summaries/a.log.csv"];
        Array.ForEach(names, name => folder.Put(name, "1"));
        folder.Put("drop/.a.log.Xy1", "1"); // what rsync writes before it renames
        folder.Look();
        await folder.LookAndWaitAsync();

        Assert.That(function.Deliveries.Select(NameOf), Is.EquivalentTo(names));
        Assert.That(function.Deliveries.Select(d => d.Headers["ce-id"]), Is.Unique);
    }

    [Test]
    public async Task Object_Refused_ComesAgainTheSameAfterPausesThatGrow()
    {
        await using var function = await ScriptedFunction.AnsweringAsync(500);
        using var folder = new LookedAtFolder(function.Endpoint);
        folder.Put("drop/a.log", "1");
        folder.Look();
        var attempts = new List<int>();
        for (var second = 0; second < 200; second++)
        {
            await folder.LookAndWaitAsync();
            if (function.Deliveries.Count > attempts.Count)
            {
                attempts.Add(second);
            }

            folder.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.That(attempts, Is.EqualTo(new[] { 0, 1, 3, 7, 15, 31, 63, 123, 183 }));
        Assert.That(function.Deliveries.Select(d => (d.Body, d.Headers["ce-id"])).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Object_RefusedForLong_HoldsUpNoOther()
    {
        await using var function = await ScriptedFunction.StartAsync(d => Task.FromResult(NameOf(d) == "drop/bad.gz" ? 500 : 200));
        using var folder = new LookedAtFolder(function.Endpoint);
        folder.Put("drop/bad.gz", "1");
        folder.Look();
        await folder.LookAndWaitAsync();
        folder.Put("drop/good.gz", "1");
        folder.Look();
        await folder.LookAndWaitAsync();

        Assert.That(function.Deliveries.Select(NameOf), Is.EqualTo(new[] { "drop/bad.gz", "drop/good.gz" }));
    }

    [Test]
    public async Task Object_WhileTheFunctionIsDown_WaitsWithoutPausesThatGrow()
    {
        var port = FreePort.Take();
        using var folder = new LookedAtFolder(new Uri($"http://127.0.0.1:{port}/"));
        folder.Put("drop/a.log", "1");
        folder.Look();
        await folder.LookAndWaitAsync();
        await folder.LookAndWaitAsync();

        await using var function = await ScriptedFunction.StartAsync(_ => Task.FromResult(200), port);
        await folder.LookAndWaitAsync(); // though the clock stands
        await folder.LookAndWaitAsync();
        Assert.That(function.Deliveries, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Objects_Many_KeepToTheBoundInFlight()
    {
        var gate = new TaskCompletionSource<int>();
        await using var function = await ScriptedFunction.StartAsync(_ => gate.Task);
        using var folder = new LookedAtFolder(function.Endpoint);
        for (var i = 0; i < 20; i++)
        {
            folder.Put($"drop/{i}.log", "1");
        }

        folder.Look();
        folder.Look();
        await Eventually.IsTrueAsync(() => function.Deliveries.Count >= LookedAtFolder.Options.MaxInFlight, "the first pushes");
        Assert.That(function.Deliveries, Has.Count.EqualTo(LookedAtFolder.Options.MaxInFlight));
        gate.SetResult(200);
        await folder.Deliveries.AttemptsEndAsync();
        Assert.That(function.Deliveries, Has.Count.EqualTo(20));
    }

    private static string NameOf(Delivery delivery) => (string)delivery.Json["name"]!;
}
