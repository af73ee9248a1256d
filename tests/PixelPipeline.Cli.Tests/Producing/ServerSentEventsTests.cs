using Microsoft.AspNetCore.Http;
using PixelPipeline.Cli.Producing;

namespace PixelPipeline.Cli.Tests.Producing;

/// <summary>A stream that drops, repeats and corrupts: each event comes once.</summary>
internal sealed class ServerSentEventsTests
{
    [Test]
    public async Task Stream_ThatDropsRepeatsAndCorrupts_GivesEachEventOnce()
    {
        var resumedFrom = new List<string>();
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            var last = context.Request.Headers["Last-Event-ID"].ToString();
            resumedFrom.Add(last);
            var first = last.Length == 0 ? 0 : int.Parse(last, System.Globalization.CultureInfo.InvariantCulture); // the last one again
            context.Response.ContentType = "text/event-stream";
            context.Response.ContentLength = first >= 18 ? null : 1_000_000; // of which most never comes: the connection drops
            await context.Response.WriteAsync("retry: 1\n\n: comment\n\n");
            for (var i = first; i < Math.Min(first + 7, 20); i++)
            {
                await context.Response.WriteAsync($"id: {i}\ndata: {{\"id\":{i},\ndata: \"wiki\":\"w{i}\",\"nested\":{{}}}}\n\n");
                await context.Response.WriteAsync("data: {\"broken\"\n\n");
            }

            await context.Response.WriteAsync("id: 99\ndata: {\"half\":");
        });
        var statistics = new ProduceStatistics();
        using var stream = Follow(server, statistics);
        var events = new List<ProducedEvent>();
        await foreach (var produced in stream.FollowAsync(CancellationToken.None).Take(20))
        {
            events.Add(produced);
        }

        Assert.That(events.Select(e => e.Id), Is.EqualTo(Enumerable.Range(0, 20).Select(i => $"{i}")));
        Assert.That(events[3].Fields, Is.EqualTo(new Dictionary<string, string> { ["id"] = "3", ["user_id"] = "w3" }));
        Assert.That(resumedFrom, Does.Contain("6").And.Contain("12"));
        Assert.That(statistics.Read().Malformed, Is.GreaterThanOrEqualTo(19));
    }

    [Test]
    public async Task Stream_ThatSaysNoContent_Ends()
    {
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
        using var stream = Follow(server, new ProduceStatistics());
        Assert.That(await stream.FollowAsync(CancellationToken.None).CountAsync(), Is.Zero);
    }

    [Test]
    public async Task Stream_ThatIsNotThere_IsNamedWithItsAnswer()
    {
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        using var stream = Follow(server, new ProduceStatistics(), firstPause: TimeSpan.Zero);
        var failure = Assert.ThrowsAsync<CommandException>(async () => await stream.FollowAsync(CancellationToken.None).CountAsync());
        Assert.That(failure!.Message, Does.StartWith($"{server.Address} gives no events").And.Contain("404"));
    }

    [Test]
    public async Task Batch_ThatIsNotFull_GoesWhenTheSourceIsEnded()
    {
        using var stop = new CancellationTokenSource();
        var batches = new List<int>();
        await foreach (var batch in Batches.OfAsync(ThreeThenSilence(stop), size: 20, wait: TimeSpan.FromMinutes(5), stop.Token))
        {
            batches.Add(batch.Count);
        }

        Assert.That(batches.Sum(), Is.EqualTo(3));
    }

    private static async IAsyncEnumerable<ProducedEvent> ThreeThenSilence(CancellationTokenSource stop)
    {
        for (var i = 0; i < 3; i++)
        {
            yield return new ProducedEvent($"{i}", new Dictionary<string, string>());
        }

        await stop.CancelAsync();
        await Task.Delay(Timeout.Infinite, stop.Token);
    }

    private static ServerSentEvents Follow(ScriptedServer server, ProduceStatistics statistics, TimeSpan? firstPause = null) => new(
        server.Address,
        new JsonFields(["id", "wiki", "nested"], new FieldMap(new Dictionary<string, string> { ["wiki"] = "user_id" }, new Dictionary<string, string>())),
        idle: TimeSpan.FromSeconds(20),
        statistics,
        firstPause ?? TimeSpan.FromSeconds(3));
}
