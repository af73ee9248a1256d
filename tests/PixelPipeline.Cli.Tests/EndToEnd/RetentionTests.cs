using PixelPipeline.Cli.Tests.Support;

namespace PixelPipeline.Cli.Tests.EndToEnd;

/// <summary>How long events are kept on one machine.</summary>
[Parallelizable(ParallelScope.Self)]
internal sealed class RetentionTests
{
    private static readonly long Day = (long)TimeSpan.FromDays(1).TotalMilliseconds;

    [Test]
    [Platform(Exclude = "Win", Reason = "There are no such signals there.")]
    public async Task EventsDays_SetAndChanged_ApplyToTheTablesThatThereAre()
    {
        using var data = new TempFolder();
        var today = DateTime.UtcNow.Date;
        var (alice, bob) = ($"pixel_alice_{today:yyyyMMdd}", $"pixel_bob_{today:yyyyMMdd}");
        await RunAsync(data.Path, "30", async pipeline =>
        {
            await pipeline.HitAsync("user_id=alice");
            await Eventually.IsTrueAsync(async () => await EndAsync(pipeline, alice) == today.AddDays(31), "the new table's end");
            Assert.That(await PartitionsAsync(pipeline), Is.EqualTo(30 * Day));
        });
        await RunAsync(data.Path, null, async pipeline => // the base table says which days hold
        {
            await pipeline.HitAsync("user_id=bob");
            await Eventually.IsTrueAsync(async () => await EndAsync(pipeline, bob) == today.AddDays(31), "the new table's end");
            Assert.That(await PartitionsAsync(pipeline), Is.EqualTo(30 * Day));
        });
        await RunAsync(data.Path, "60", async pipeline =>
        {
            Assert.That((await EndAsync(pipeline, alice), await EndAsync(pipeline, bob)), Is.EqualTo((today.AddDays(61), today.AddDays(61))));
            Assert.That(await PartitionsAsync(pipeline), Is.EqualTo(60 * Day));
        });
        await RunAsync(data.Path, "0", async pipeline =>
        {
            Assert.That((await EndAsync(pipeline, alice), await EndAsync(pipeline, bob)), Is.EqualTo(((DateTime?)null, (DateTime?)null)));
            Assert.That(await PartitionsAsync(pipeline), Is.Null);
            await pipeline.RowsAsync(alice, 1);
        });
    }

    private static async Task RunAsync(string data, string? days, Func<RunningPipeline, Task> act)
    {
        using var pipeline = await RunningPipeline.StartAsync(data, days is null ? null : ("Pixel__EventsDays", days), RunningPipeline.DefaultLayout);
        await act(pipeline);
        pipeline.Process.Signal(PixelProcess.SigTerm);
        await pipeline.Process.ExitAsync();
    }

    // Null where it has none, or is not there yet.
    private static async Task<DateTime?> EndAsync(RunningPipeline pipeline, string table)
    {
        try
        {
            return (await pipeline.BigQuery.GetTableAsync("pixels", table)).Resource.ExpirationTime is { } end ? DateTimeOffset.FromUnixTimeMilliseconds(end).UtcDateTime : null;
        }
        catch (Google.GoogleApiException e) when (e.HttpStatusCode == System.Net.HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private static async Task<long?> PartitionsAsync(RunningPipeline pipeline) =>
        (await pipeline.BigQuery.GetTableAsync("pixels", "all_pixel")).Resource.TimePartitioning.ExpirationMs;
}
