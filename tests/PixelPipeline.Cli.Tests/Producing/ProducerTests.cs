using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using PixelPipeline.Cli.Producing;
using PixelPipeline.GoogleCloud.Tests.BigQuery;

namespace PixelPipeline.Cli.Tests.Producing;

/// <summary>Targets that misbehave: producing ends in any case, and its counts are right.</summary>
internal sealed class ProducerTests
{
    private static readonly ProducerOptions Options = new(Workers: 5, EventsPerSecond: null, MaxDelay: TimeSpan.Zero, Timeout: TimeSpan.FromSeconds(10), Seed: 1);

    [Test]
    public async Task Target_ThatFailsHalfOfTheTime_GetsEveryEventOnce()
    {
        var requests = 0;
        var taken = new ConcurrentBag<string>();
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            if (Interlocked.Increment(ref requests) % 2 == 0)
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            }
            else
            {
                taken.Add(context.Request.Query["order_id"].ToString());
            }

            return Task.CompletedTask;
        });
        var (end, report) = await ProduceAsync(server, events: 60);

        Assert.That(end, Is.EqualTo(ProduceEnd.Complete));
        Assert.That((report.Sent + report.Failed, report.Sent), Is.EqualTo((60L, (long)taken.Count)));
        Assert.That(report.Retried, Is.GreaterThan(0));
    }

    [Test]
    public async Task Target_ThatHangs_EndsWithEveryEventFailed()
    {
        var time = new SkippingTime();
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            time.Advance(Options.Timeout);
            return Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        var (end, report) = await ProduceAsync(server, events: 5, time);
        Assert.That((end, report.Sent, report.Failed), Is.EqualTo((ProduceEnd.Complete, 0L, 5L)));
    }

    [Test]
    public async Task Target_ThatDies_EndsWithoutTryingForEver()
    {
        ScriptedServer server = null!;
        var taken = 0;
        server = await ScriptedServer.StartAsync(context =>
        {
            if (Interlocked.Increment(ref taken) > 20)
            {
                context.Abort();
            }

            return Task.CompletedTask;
        });
        await using (server)
        {
            var (end, report) = await ProduceAsync(server, events: 10_000);
            Assert.That((end, report.Sent), Is.EqualTo((ProduceEnd.GaveUp, 20L)));
            Assert.That(report.Failed, Is.InRange(50, 60), "gave up after 50 in a row");
        }
    }

    [Test]
    public async Task Target_ThatRefuses_IsNotAskedAgain()
    {
        var requests = 0;
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            Interlocked.Increment(ref requests);
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        });
        var (_, report) = await ProduceAsync(server, events: 10);
        Assert.That((requests, report.Failed), Is.EqualTo((10, 10L)));
        Assert.That(report.ToLines(), Does.Contain($"  10 failed: answer 400 from {server.Address}pixel.png"));
    }

    [Test]
    public async Task Collector_ThatRefusesARow_IsToldWithItsReasonAndTheRow()
    {
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync("""{"title":"no","errors":[{"pointer":"#/amount","detail":"is no number."}]}""");
        }, "application/problem+json");
        var statistics = new ProduceStatistics();
        using var sender = new EventSender(new EventTarget(new Uri(server.Address, "/collect?key=secret"), "secret"), Options.Timeout, check: null, statistics, TimeProvider.System);
        await sender.SendAsync([new ProducedEvent(null, new Dictionary<string, string> { ["amount"] = "x" }, Place: "line 3")]);
        Assert.That(statistics.Read().ToLines().Last(), Is.EqualTo($"  1 failed: answer 400 from {server.Address}collect: #/amount is no number. (the first: line 3)"));
    }

    [Test]
    public async Task Target_ThatIsNotThere_IsToldWithWhatMayBeMissing()
    {
        var statistics = new ProduceStatistics();
        var pixel = $"http://127.0.0.1:{FreePort.Take()}/pixel.png";
        using var sender = new EventSender(new EventTarget(new Uri(pixel + "?key=secret"), null), Options.Timeout, check: null, statistics, TimeProvider.System);
        await sender.SendAsync([new ProducedEvent(null, new Dictionary<string, string>())]);
        Assert.That(statistics.Read().ToLines().Last(), Does.StartWith($"  1 failed: no answer from {pixel}: ").And.EndWith("Is `pixel up` running?"));
    }

    [Test]
    public async Task Cancellation_EndsWithWhatWasSent()
    {
        using var stop = new CancellationTokenSource();
        var taken = 0;
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            if (Interlocked.Increment(ref taken) == 30)
            {
                stop.Cancel();
            }

            return Task.CompletedTask;
        });
        var (end, report) = await ProduceAsync(server, events: 100_000, cancellationToken: stop.Token);
        Assert.That((end, report.Failed), Is.EqualTo((ProduceEnd.BrokenOff, 0L)));
        Assert.That(report.Sent, Is.EqualTo((long)taken).And.LessThan(1_000));
    }

    [Test]
    public void SameSeed_GivesTheSameEvents()
    {
        var (first, again, other) = (Texts(new SyntheticEvents(7)), Texts(new SyntheticEvents(7)), Texts(new SyntheticEvents(8)));
        Assert.That(again, Is.EqualTo(first));
        Assert.That(other, Is.Not.EqualTo(first));
    }

    private static List<string> Texts(SyntheticEvents events) => [.. events.Take(50, 20).Select(e => $"{string.Join(',', e.Fields.Values)} {e.UserAgent}")];

    private static async Task<(ProduceEnd End, ProduceReport Report)> ProduceAsync(ScriptedServer server, int events, SkippingTime? time = null, CancellationToken cancellationToken = default)
    {
        var statistics = new ProduceStatistics();
        var source = Enumerable.Range(0, events).Select(i => new ProducedEvent(null, new Dictionary<string, string> { ["order_id"] = $"{i}" }));
        var producer = new Producer(new EventTarget(new Uri(server.Address, "/pixel.png"), Key: null), Options, check: null, statistics, time ?? new SkippingTime { EndsTimeouts = false });
        var end = await producer.RunAsync(Batches.OfAsync(source, size: 1), cancellationToken);
        return (end, statistics.Read());
    }
}
