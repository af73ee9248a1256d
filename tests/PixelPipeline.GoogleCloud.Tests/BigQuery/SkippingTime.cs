using System.Diagnostics;

namespace PixelPipeline.GoogleCloud.Tests.BigQuery;

/// <summary>
/// A clock that tests need not wait for: a pause ends at once and the clock stands at its end. Time-outs end when the
/// clock gets there, by pauses or by <see cref="Advance"/>.
/// </summary>
internal sealed class SkippingTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<PendingTimer> _timeouts = [];
    private readonly List<TimeSpan> _pauses = [];
    private DateTimeOffset _now = new(2026, 11, 20, 11, 12, 28, TimeSpan.Zero);

    /// <summary>
    /// False where many calls are under way beside many pauses: the calls take real time, and the pauses would move the
    /// clock past their time-outs.
    /// </summary>
    public bool EndsTimeouts { get; init; } = true;

    /// <summary>The pauses that were asked for, in order.</summary>
    public IReadOnlyList<TimeSpan> Pauses
    {
        get
        {
            lock (_lock)
            {
                return [.. _pauses];
            }
        }
    }

    public TimeSpan TotalPause => Pauses.Aggregate(TimeSpan.Zero, (sum, pause) => sum + pause);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public void Advance(TimeSpan by) => MoveTo(GetUtcNow() + by);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Debug.Assert(period == Timeout.InfiniteTimeSpan, "only one-shot timers");
        var timer = new PendingTimer(this, callback, state, isTimeout: state is CancellationTokenSource);
        timer.Change(dueTime, period);
        return timer;
    }

    private void MoveTo(DateTimeOffset instant)
    {
        List<PendingTimer> due;
        lock (_lock)
        {
            _now = instant > _now ? instant : _now;
            due = _timeouts.FindAll(t => t.Due <= _now);
            _timeouts.RemoveAll(due.Contains);
        }

        due.ForEach(t => t.Fire());
    }

    private sealed class PendingTimer(SkippingTime time, TimerCallback callback, object? state, bool isTimeout) : ITimer
    {
        public DateTimeOffset Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                time._timeouts.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan || (isTimeout && !time.EndsTimeouts))
                {
                    return true;
                }

                Due = time._now + dueTime;
                if (isTimeout)
                {
                    time._timeouts.Add(this);
                    return true;
                }

                time._pauses.Add(dueTime);
            }

            ThreadPool.QueueUserWorkItem(_ =>
            {
                time.MoveTo(Due);
                Fire();
            });
            return true;
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (time._lock)
            {
                time._timeouts.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
