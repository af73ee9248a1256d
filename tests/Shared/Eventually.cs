using System.Diagnostics;

namespace PixelPipeline.Testing;

internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Waits until something is so; the test fails where it is not in twenty seconds.</summary>
    public static async Task IsTrueAsync(Func<bool> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                Assert.Fail($"Never became true: {what}");
            }

            await Task.Delay(5);
        }
    }
}
