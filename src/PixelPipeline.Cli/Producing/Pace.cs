using System.Diagnostics;

namespace PixelPipeline.Cli.Producing;

/// <summary>Keeps events to a rate, and workers to a random delay. Safe for concurrent use.</summary>
internal sealed class Pace(int? eventsPerSecond, TimeSpan maxDelay, int seed)
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);
    private readonly long _start = Stopwatch.GetTimestamp();
    private TimeSpan _next;

    /// <summary>Waits until so many events may be sent.</summary>
    public async Task WaitAsync(int events, CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_lock)
        {
            wait = _random.NextDouble() * maxDelay;
            if (eventsPerSecond is { } rate)
            {
                var now = Stopwatch.GetElapsedTime(_start);
                var turn = _next > now ? _next : now;
                _next = turn + TimeSpan.FromSeconds((double)events / rate);
                wait = turn - now > wait ? turn - now : wait;
            }
        }

        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, cancellationToken);
        }
    }
}
