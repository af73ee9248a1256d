using Microsoft.Extensions.Logging.Abstractions;
using PixelPipeline.Dashboard.Snapshots;
using PixelPipeline.Dashboard.Tests.Support;
using PixelPipeline.Dashboard.Views;
using PixelPipeline.Tables;

namespace PixelPipeline.Dashboard.Tests.EndToEnd;

/// <summary>What is kept of days that are over, with the open days beside it, against readings that have kept nothing.</summary>
internal sealed class ClosedDaysTests
{
    private const int Rounds = 7;

    [TestCase(LayoutName.Both, "America/New_York", 2)]
    [TestCase(LayoutName.Template, "Asia/Kolkata", 3)]
    public async Task Live_RowsComeToAnyDay_ShowsWhatAReadingFromScratchDoes(LayoutName layout, string zone, int seed)
    {
        await using var events = await LocalEvents.StartAsync(layout);
        using var repetitions = new Repetitions();
        var (random, time) = (new Random(seed), new ManualTime());
        var view = new View { Zone = DashboardOptions.FindTimeZone(zone)!, Range = new DayRange("7d") };
        Snapshot? snapshot = null;
        for (var round = 0; round < Rounds; round++)
        {
            await AddAsync(events, random, time.GetUtcNow().UtcDateTime, isLate: round % 3 == 0);

            snapshot = await ReadAsync(events, time, repetitions, view, snapshot);

            using var afresh = new Repetitions();
            var scratch = await ReadAsync(events, time, afresh, view, previous: null);
            foreach (var (kept, read) in snapshot.Panels.Zip(scratch.Panels))
            {
                Assert.That(kept.Problem, Is.Null);
                Assert.That(kept.Content?.Table.Rows, Is.EqualTo(read.Content?.Table.Rows), $"{kept.Panel.Name} in round {round}");
            }

            time.Advance(TimeSpan.FromHours(random.Next(3)));
        }
    }

    // Repetitions of deliveries and of hits among them.
    private static async Task AddAsync(LocalEvents events, Random random, DateTime now, bool isLate)
    {
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var time = isLate ? now.AddHours(-random.Next(14 * 24)) : now.AddMinutes(-random.Next(120));
            await events.AddAsync(time, $"user{random.Next(12)}", $"type{random.Next(9)}", $"id{random.Next(60)}", $"h{random.Next(20)}", ("page", $"/{random.Next(12)}"));
        }
    }

    private static Task<Snapshot> ReadAsync(LocalEvents events, ManualTime time, Repetitions repetitions, View view, Snapshot? previous)
    {
        var options = RunningDashboard.Options(time);
        return new SnapshotReader(events.Answers(options), options, repetitions, NullLogger.Instance).ReadAsync(view, previous, CancellationToken.None);
    }
}
