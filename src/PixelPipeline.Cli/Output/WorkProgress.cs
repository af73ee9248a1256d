using System.Diagnostics;
using Spectre.Console;

namespace PixelPipeline.Cli.Output;

/// <summary>Shows on standard error how long work goes on: in a terminal one line that changes, elsewhere a line every ten seconds.</summary>
internal static class WorkProgress
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    /// <summary>Shows progress until the work ends.</summary>
    /// <param name="work">The work; its failure comes out.</param>
    /// <param name="text">How far it is.</param>
    /// <param name="every">Called at each refresh, twice a second, and at the end.</param>
    public static async Task ShowAsync(Task work, Func<string> text, Action? every = null)
    {
        if (await Task.WhenAny(work, Task.Delay(Refresh)) == work)
        {
            every?.Invoke();
            await work; // over before anybody wonders
            return;
        }

        if (Console.IsErrorRedirected)
        {
            await WatchAsync(work, every, InLines(text));
            return;
        }

        await Terminal.Errors().Status().StartAsync(Markup.Escape(text()), status => WatchAsync(work, every, () => status.Status = Markup.Escape(text())));
    }

    private static Action InLines(Func<string> text)
    {
        var last = Stopwatch.GetTimestamp();
        return () =>
        {
            if (Stopwatch.GetElapsedTime(last) >= BetweenLines)
            {
                last = Stopwatch.GetTimestamp();
                Console.Error.WriteLine(text());
            }
        };
    }

    private static async Task WatchAsync(Task work, Action? every, Action show)
    {
        using var timer = new PeriodicTimer(Refresh);
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, timer.WaitForNextTickAsync().AsTask());
            every?.Invoke();
            show();
        }

        await work;
    }
}
