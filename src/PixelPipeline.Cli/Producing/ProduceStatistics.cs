using System.Diagnostics;

namespace PixelPipeline.Cli.Producing;

/// <summary>Counts what becomes of produced events. Safe for concurrent use.</summary>
internal sealed class ProduceStatistics
{
    private const int MaxLatencies = 100_000;
    private const int MaxFailures = 20; // ways to fail that are told apart; all others are one

    private readonly Lock _lock = new();
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Random _random = new(1); // picks which latencies are kept once there are too many
    private readonly List<double> _latencies = [];
    private readonly SortedDictionary<string, ProduceFailure> _failures = new(StringComparer.Ordinal);
    private long _timed;
    private long _sent;
    private long _failed;
    private long _retried;
    private long _malformed;
    private int _failedInARow;

    /// <summary>Failed events since the last that was sent.</summary>
    public int FailedInARow => Volatile.Read(ref _failedInARow);

    public void Sent(int events, TimeSpan latency)
    {
        lock (_lock)
        {
            _sent += events;
            _failedInARow = 0;
            Keep(latency.TotalMilliseconds);
        }
    }

    /// <summary>Counts events that failed alike.</summary>
    /// <param name="events">They.</param>
    /// <param name="how">Their address, and why; never a key.</param>
    public void Failed(IReadOnlyList<ProducedEvent> events, string how)
    {
        lock (_lock)
        {
            _failed += events.Count;
            _failedInARow += events.Count;
            how = _failures.Count < MaxFailures || _failures.ContainsKey(how) ? how : "in other ways";
            var failure = _failures.GetValueOrDefault(how) ?? new ProduceFailure(0, events[0].Place);
            _failures[how] = failure with { Events = failure.Events + events.Count };
        }
    }

    public void Retried() => Interlocked.Increment(ref _retried);

    /// <summary>Counts something that was no event.</summary>
    public void Malformed() => Interlocked.Increment(ref _malformed);

    public ProduceReport Read()
    {
        lock (_lock)
        {
            var sorted = _latencies.Order().ToList();
            return new ProduceReport(
                _sent, _failed, Interlocked.Read(ref _retried), Interlocked.Read(ref _malformed), Stopwatch.GetElapsedTime(_start), At(sorted, 0.50), At(sorted, 0.99), new Dictionary<string, ProduceFailure>(_failures));
        }
    }

    private void Keep(double milliseconds)
    {
        _timed++;
        if (_latencies.Count < MaxLatencies)
        {
            _latencies.Add(milliseconds);
        }
        else if (_random.NextInt64(_timed) is var place && place < MaxLatencies)
        {
            _latencies[(int)place] = milliseconds;
        }
    }

    private static double? At(List<double> sorted, double share) =>
        sorted.Count == 0 ? null : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
}
