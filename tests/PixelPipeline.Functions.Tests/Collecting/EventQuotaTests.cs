using System.Diagnostics;
using PixelPipeline.Functions.Collecting;

namespace PixelPipeline.Functions.Tests.Collecting;

/// <summary>The rate at which events are taken, in real time.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class EventQuotaTests
{
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(2);

    [TestCase(1)]
    [TestCase(9)]
    [TestCase(15)]
    [TestCase(19)]
    [TestCase(101)]
    public async Task Quota_OnceSpent_ComesBackAtItsRate(int eventsPerSecond)
    {
        using var quota = new EventQuota(eventsPerSecond);
        while (quota.TryTake("shop", 1))
        {
            // All that may come at once.
        }

        var taken = 0;
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Watched)
        {
            taken += quota.TryTake("shop", 1) ? 1 : 0;
            await Task.Delay(1);
        }

        while (quota.TryTake("shop", 1))
        {
            taken++;
        }

        // The bucket is filled about ten times a second, on a machine that may be busy.
        var expected = eventsPerSecond * clock.Elapsed.TotalSeconds;
        Assert.That(taken, Is.InRange((0.75 * expected) - 1, (1.25 * expected) + 1));
    }
}
