using System.Diagnostics;

namespace PixelPipeline.Testing;

internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until something is so; the test fails where it is not within a minute.</summary>
    public static Task IsTrueAsync(Func<bool> condition, string what) => IsTrueAsync(() => Task.FromResult(condition()), what);

    /// <summary>Likewise, where asking takes time.</summary>
    public static async Task IsTrueAsync(Func<Task<bool>> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            var waited = Stopwatch.GetElapsedTime(started);
            if (waited > Patience)
            {
                Assert.Fail($"Never became true: {what}");
            }

            await Task.Delay(PauseAfter(waited));
        }
    }

    /// <summary>A tenth of what was waited: asking all the time takes the processor from what is waited for.</summary>
    private static TimeSpan PauseAfter(TimeSpan waited) =>
        waited < 10 * ShortestPause ? ShortestPause : waited > 10 * LongestPause ? LongestPause : waited / 10;
}
