using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using PixelPipeline.Local.AccessLog;
using PixelPipeline.Local.LoadBalancer;
using PixelPipeline.Local.PubSub;
using PixelPipeline.Local.Tests.AccessLog;
using PixelPipeline.Local.Tests.Support;

namespace PixelPipeline.Local.Tests.PubSub;

/// <summary>Every hit that was answered reaches the function, whatever goes wrong in between.</summary>
public sealed class ConservationTests
{
    private const int Clients = 16;
    private const int HitsPerClient = 100;

    [Test]
    public async Task Hits_FunctionThatFailsAndSubscriptionThatRestarts_AllArrive()
    {
        var random = new Random(20261121);
        await using var log = new OpenAccessLog(new AccessLogOptions { MaxSegmentBytes = 50_000 });
        await using var function = await ScriptedFunction.StartAsync(_ => Task.FromResult(Fails(random) ? 500 : 200));
        await using var lb = await LoadBalancerServer.StartAsync(
            new LoadBalancerOptions { Port = 0 }, log.Writer, log.Time, NullLoggerFactory.Instance);
        var subscription = Subscribe(log, function);

        var sending = Task.WhenAll(Enumerable.Range(0, Clients).Select(client => SendAsync(lb.PixelUrl, client)));
        for (var restart = 0; restart < 5; restart++)
        {
            var seen = function.Deliveries.Count;
            await Eventually.IsTrueAsync(() => function.Deliveries.Count > seen || sending.IsCompleted, "it delivers");
            await subscription.DisposeAsync();
            subscription = Subscribe(log, function);
        }

        var answered = (await sending).SelectMany(hits => hits).ToArray();
        await Eventually.IsTrueAsync(() => subscription.Statistics.IsCaughtUp, "all is delivered");
        await subscription.DisposeAsync();

        var delivered = function.Deliveries.Select(UrlOf).ToHashSet();
        Assert.That(answered, Has.Length.EqualTo(Clients * HitsPerClient));
        Assert.That(delivered, Is.EquivalentTo(answered));
    }

    [Test]
    public async Task Hits_DiskThatFailsNowAndThen_ExactlyTheAnsweredOnesArrive()
    {
        var disk = new FailingDisk();
        await using var log = new OpenAccessLog(disk: disk);
        await using var function = await ScriptedFunction.AnsweringAsync(204);
        await using var lb = await LoadBalancerServer.StartAsync(
            new LoadBalancerOptions { Port = 0 }, log.Writer, log.Time, NullLoggerFactory.Instance);
        await using var subscription = Subscribe(log, function);

        var sending = Task.WhenAll(Enumerable.Range(0, Clients).Select(client => SendAsync(lb.PixelUrl, client)));
        while (!sending.IsCompleted)
        {
            disk.IsFull = !disk.IsFull;
            await Task.Yield();
        }

        disk.IsFull = false;
        var answered = (await sending).SelectMany(hits => hits).ToArray();
        await Eventually.IsTrueAsync(() => subscription.Statistics.IsCaughtUp, "all is delivered");

        Assert.That(function.Deliveries.Select(UrlOf), Is.EquivalentTo(answered));
    }

    private static bool Fails(Random random)
    {
        lock (random)
        {
            return random.Next(4) == 0;
        }
    }

    private static PushSubscription Subscribe(OpenAccessLog log, ScriptedFunction function) => PushSubscription.Start(
        new PushSubscriptionOptions
        {
            Endpoint = function.Endpoint,
            MinBackoff = TimeSpan.FromMilliseconds(1),
            SaveInterval = TimeSpan.FromMilliseconds(20),
        },
        log.Data,
        log.Writer,
        log.Time,
        NullLoggerFactory.Instance);

    /// <summary>The URLs whose hits were answered with the pixel.</summary>
    private static async Task<IReadOnlyCollection<string>> SendAsync(Uri pixel, int client)
    {
        using var http = new HttpClient();
        var answered = new ConcurrentBag<string>();
        for (var hit = 0; hit < HitsPerClient; hit++)
        {
            var url = $"{pixel}?user_id=c{client}h{hit}";
            using var answer = await http.GetAsync(url);
            if (answer.IsSuccessStatusCode)
            {
                answered.Add(url);
            }
        }

        return answered;
    }

    private static string UrlOf(Delivery delivery) =>
        JsonNode.Parse(delivery.Entry)!["httpRequest"]!["requestUrl"]!.GetValue<string>();
}
