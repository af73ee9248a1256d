using System.Diagnostics;

namespace PixelPipeline.Testing;

internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Waits until something is so; the test fails where it is not within a minute.</summary>
    public static Task IsTrueAsync(Func<bool> condition, string what) => IsTrueAsync(() => Task.FromResult(condition()), what);

    /// <summary>Likewise, where asking takes time.</summary>
    public static async Task IsTrueAsync(Func<Task<bool>> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                Assert.Fail($"Never became true: {what}");
            }

            await Task.Delay(5);
        }
    }
}
