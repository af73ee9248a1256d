using PixelPipeline.Soak.Checking;
using PixelPipeline.Soak.Faults;
using PixelPipeline.Soak.Oracle;
using PixelPipeline.Soak.Processes;

namespace PixelPipeline.Soak.Delivery;

/// <summary>
/// Publishes all events of a run and delivers each until it is acknowledged, with backoff, as a Pub/Sub push subscription
/// does; a share of them once more afterwards.
/// </summary>
internal sealed class Publisher(
    FaultRunOptions options, DeliveryFaultLayer deliveries, FunctionUnderTest function, ActionLog log, FaultCounters faults, Violations violations) : IDisposable
{
    private const int MaxWaiting = 10_000;
    private const int LateDuplicateEvents = 500_000; // a run of so many lasts long enough
    private static readonly TimeSpan MinBackoff = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MaxBackoff = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan StallPatience = TimeSpan.FromMinutes(3);

    private readonly Schedule _schedule = new(options.Seed, options.Events);
    private readonly SemaphoreSlim _slots = new(options.MaxInFlight);
    private int _inFlight;

    /// <summary>Delivers everything; returns when nothing is left to deliver.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var stalled = DateTime.UtcNow + StallPatience;
        for (var seen = -1; !IsDone;)
        {
            if (log.Acknowledged > seen || _schedule.Waiting == 0)
            {
                (seen, stalled) = (log.Acknowledged, DateTime.UtcNow + StallPatience);
            }
            else if (DateTime.UtcNow > stalled)
            {
                violations.Add($"Nothing was acknowledged for {StallPatience.TotalMinutes} minutes. The function said:\n{function.Lines}");
                return;
            }

            await _slots.WaitAsync(cancellationToken);
            await function.WhenReady(cancellationToken);
            if (_schedule.TryTake(MaxWaiting, out var due))
            {
                Interlocked.Increment(ref _inFlight);
                _ = Task.Run(() => DeliverAsync(due, cancellationToken), CancellationToken.None);
            }
            else
            {
                _slots.Release();
                await Task.Delay(Idle, cancellationToken);
            }
        }
    }

    public void Dispose() => _slots.Dispose();

    private bool IsDone => _schedule.Published == options.Events && Volatile.Read(ref _inFlight) == 0 && _schedule.Waiting == 0;

    private async Task DeliverAsync(Due due, CancellationToken cancellationToken)
    {
        try
        {
            var isAcknowledged = await deliveries.DeliverAsync(due.Index, due.Attempt + (due.IsDuplicate ? 1 << 15 : 0), cancellationToken);
            if (!isAcknowledged)
            {
                _schedule.Again(due with { Attempt = due.Attempt + 1 }, BackoffAfter(due.Attempt));
            }
            else if (!due.IsDuplicate)
            {
                MaybeOnceMore(due.Index);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The run was broken off.
        }
        catch (Exception e)
        {
            violations.Add($"The harness failed at event {due.Index}: {e}");
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
            _slots.Release();
        }
    }

    private static TimeSpan BackoffAfter(int attempt)
    {
        var doubled = MinBackoff * Math.Pow(2, Math.Min(attempt, 10));
        return doubled < MaxBackoff ? doubled : MaxBackoff;
    }

    // Most soon, when BigQuery still knows the insertId; in a long run some when it has forgotten it.
    private void MaybeOnceMore(int index)
    {
        var dice = new Dice(options.Seed, Decisions.Duplicate, index);
        if (options.IsCalm || !dice.Chance(200))
        {
            return;
        }

        var isLate = options.Events >= LateDuplicateEvents && dice.Chance(500);
        faults.Count(isLate ? "Delivery: once more after minutes" : "Delivery: once more");
        _schedule.Again(new Due(index, 0, true), isLate ? TimeSpan.FromSeconds(130 + dice.Next(30)) : TimeSpan.FromMilliseconds(dice.Next(3_000)));
    }
}
