using System.Globalization;

namespace PixelPipeline.Clients.Tests.PubSub;

/// <summary><c>pixel up --pubsub</c> with Google's Pub/Sub emulator.</summary>
internal sealed class EmulatorTests
{
    private readonly TempFolder _data = new();
    private readonly Lazy<Task<(PubSubEmulator Emulator, RunningPipeline Pipeline)>> _shared;

    public EmulatorTests() => _shared = new(StartSharedAsync);

    private static string Today => DateTime.UtcNow.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    [OneTimeTearDown]
    public async Task StopSharedAsync()
    {
        if (_shared.IsValueCreated && _shared.Value.IsCompletedSuccessfully)
        {
            var (emulator, pipeline) = await _shared.Value;
            pipeline.Dispose();
            emulator.Dispose();
        }

        _data.Dispose();
    }

    [Test]
    public async Task Hit_DeliveredThroughTheEmulator_BecomesARow()
    {
        var (emulator, pipeline) = await _shared.Value;

        await pipeline.HitAsync("user_id=ann&type=click");

        Assert.That((await pipeline.RowsAsync($"pixel_ann_{Today}", 1)).Single()["type"], Is.EqualTo("click"));
        var subscription = await emulator.GetAsync("projects/local/subscriptions/pixel-function");
        Assert.That((string?)subscription["topic"], Is.EqualTo("projects/local/topics/pixel-hits"), "it went the long way");
        Assert.That((string?)subscription["deadLetterPolicy"]!["deadLetterTopic"], Is.EqualTo("projects/local/topics/pixel-hits-dead-letters"));
        Assert.That(
            (string?)(await emulator.GetAsync("projects/local/subscriptions/pixel-hits-dead-letters"))["topic"],
            Is.EqualTo("projects/local/topics/pixel-hits-dead-letters"));
    }

    [Test]
    public async Task Entry_PublishedToTheEmulatorBySomeoneElse_BecomesARow()
    {
        var (emulator, pipeline) = await _shared.Value;

        await emulator.PublishAsync("projects/local/topics/pixel-hits", """
            {"insertId":"a1","timestamp":"2026-01-02T03:04:05.678901Z",
             "httpRequest":{"requestMethod":"GET","requestUrl":"https://example.com/pixel.png?user_id=eve&type=open","status":200}}
            """);

        var row = (await pipeline.RowsAsync("pixel_eve_20260102", 1)).Single();
        Assert.That((row["type"], row["event_time"]), Is.EqualTo(("open", new DateTime(2026, 1, 2, 3, 4, 5, 678, 901, DateTimeKind.Utc))));
    }

    [Test]
    public async Task Emulator_ThatIsAwayAndComesBackEmpty_DeliversTheHitsMeanwhile()
    {
        using var emulator = await PubSubEmulator.StartedAsync();
        using var data = new TempFolder();
        using var pipeline = await RunningPipeline.StartAsync(data.Path, "--pubsub", emulator.Host);
        await pipeline.HitAsync("user_id=ann&type=before");
        await pipeline.RowsAsync($"pixel_ann_{Today}", 1);

        emulator.Kill();
        await pipeline.HitAsync("user_id=bob&type=one");
        await pipeline.HitAsync("user_id=bob&type=two");
        await Eventually.IsTrueAsync(() => pipeline.Process.Errors.Contains("takes no messages", StringComparison.Ordinal), "it is told");
        await emulator.StartAsync();

        Assert.That((await pipeline.RowsAsync($"pixel_bob_{Today}", 2)).Select(r => r["type"]), Is.EquivalentTo(new[] { "one", "two" }));
    }

    [Test]
    public async Task Run_AfterOneWithoutTheEmulator_PublishesOnlyWhatIsNew()
    {
        using var emulator = await PubSubEmulator.StartedAsync();
        using var data = new TempFolder();
        using (var before = await RunningPipeline.StartAsync(data.Path))
        {
            await before.HitAsync("user_id=ann&type=click");
            await before.RowsAsync($"pixel_ann_{Today}", 1);
            before.Process.Signal(PixelProcess.SigInt);
            Assert.That(await before.Process.ExitAsync(), Is.Zero);
        }

        using var pipeline = await RunningPipeline.StartAsync(data.Path, "--pubsub", emulator.Host);
        await pipeline.HitAsync("user_id=bob&type=click");
        await pipeline.RowsAsync($"pixel_bob_{Today}", 1);

        Assert.That(await pipeline.RowsAsync($"pixel_ann_{Today}"), Has.Count.EqualTo(1), "published in order, so a second one would be here by now");
    }

    [TestCase("127.0.0.1:1", 1, "The Pub/Sub emulator at --pubsub 127.0.0.1:1 cannot be used: No answer from 127.0.0.1:1.")] // nothing listens there
    [TestCase("somewhere", 2, "--pubsub must be HOST:PORT, such as 127.0.0.1:8085. See `pixel up --help`.")]
    public async Task Up_WithoutAnEmulatorThere_SaysSo(string host, int exitCode, string expected)
    {
        using var data = new TempFolder();
        string[] ports = Array.ConvertAll([FreePort.Take(), FreePort.Take(), FreePort.Take()], p => p.ToString(CultureInfo.InvariantCulture));

        var (code, _, errors) = await PixelProcess.RunAsync(
            "up", "--pubsub", host, "--data", data.Path, "--port", ports[0], "--function-port", ports[1], "--bigquery-port", ports[2]);

        Assert.That((code, errors.Trim()), Is.EqualTo((exitCode, expected)));
    }

    /// <summary>For the tests that only send something through them.</summary>
    private async Task<(PubSubEmulator Emulator, RunningPipeline Pipeline)> StartSharedAsync()
    {
        var emulator = await PubSubEmulator.StartedAsync();
        try
        {
            return (emulator, await RunningPipeline.StartAsync(_data.Path, "--pubsub", emulator.Host));
        }
        catch
        {
            emulator.Dispose();
            throw;
        }
    }
}
