using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using PixelPipeline.Cli.Tests.Support;

namespace PixelPipeline.Cli.Tests.EndToEnd;

/// <summary>SIGKILL at any moment: every hit that was answered ends in exactly one place.</summary>
[Parallelizable(ParallelScope.Self)]
internal sealed class KillTests
{
    private const int Kills = 6;
    private const int Clients = 16;

    [Test]
    public async Task Hits_AnsweredBeforeAKill_EndInExactlyOnePlace()
    {
        using var data = new TempFolder();
        var random = new Random(Some.Seed());
        var answered = new ConcurrentBag<string>();
        for (var kill = 0; kill < Kills; kill++)
        {
            using var pipeline = await RunningPipeline.StartAsync(data.Path);
            var target = answered.Count + random.Next(50, 1_500);
            var load = Task.WhenAll(Enumerable.Range(0, Clients).Select(client => LoadAsync(pipeline, $"{kill}-{client}", answered)));
            await Eventually.IsTrueAsync(() => answered.Count >= target || load.IsCompleted, $"{target} answers");
            pipeline.Process.KillTree();
            await load;
        }

        using var last = await RunningPipeline.StartAsync(data.Path);
        Dictionary<string, HashSet<string>> places = [];
        await Eventually.IsTrueAsync(async () => answered.All((places = await PlacesAsync(last)).ContainsKey), "a place for every answered hit");
        Assert.That(places.Where(p => p.Value.Count != 1).Select(p => p.Key), Is.Empty, "hits in several places");
        await TestContext.Out.WriteLineAsync($"{answered.Count} hits answered, {places.Count} found");
    }

    /// <summary>Sends hits one after the other until one is not answered; every tenth has no user and will be rejected.</summary>
    private static async Task LoadAsync(RunningPipeline pipeline, string prefix, ConcurrentBag<string> answered)
    {
        for (var i = 0; ; i++)
        {
            var order = $"{prefix}-{i}";
            try
            {
                await pipeline.HitAsync(i % 10 == 9 ? $"order_id={order}" : string.Create(CultureInfo.InvariantCulture, $"user_id=u{i % 5}&order_id={order}"));
            }
            catch (HttpRequestException)
            {
                return; // killed
            }

            answered.Add(order);
        }
    }

    /// <summary>By order id, the places (table and event id) where a hit ended.</summary>
    private static async Task<Dictionary<string, HashSet<string>>> PlacesAsync(RunningPipeline pipeline)
    {
        var places = new Dictionary<string, HashSet<string>>();
        foreach (var id in await pipeline.TablesAsync())
        {
            foreach (var row in await pipeline.RowsAsync(id))
            {
                var order = id.StartsWith("rejected", StringComparison.Ordinal) ? OrderOf((byte[])row["entry"]) : (string)row["order_id"];
                places.TryAdd(order, []);
                places[order].Add($"{id} {row["event_id"]}");
            }
        }

        return places;
    }

    private static string OrderOf(byte[] entry)
    {
        var text = Encoding.UTF8.GetString(entry);
        var start = text.IndexOf("order_id=", StringComparison.Ordinal) + "order_id=".Length;
        return text[start..text.IndexOf('"', start)];
    }
}
