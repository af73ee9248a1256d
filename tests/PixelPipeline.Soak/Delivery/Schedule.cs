using System.Diagnostics;
using PixelPipeline.Soak.Oracle;

namespace PixelPipeline.Soak.Delivery;

/// <summary>A message to deliver.</summary>
/// <param name="Index">The event.</param>
/// <param name="Attempt">How often it was delivered before.</param>
/// <param name="IsDuplicate">Whether it was acknowledged already, and comes once more.</param>
internal readonly record struct Due(int Index, int Attempt, bool IsDuplicate);

/// <summary>What to deliver next: what has waited long enough before what was never delivered, which comes out of order.</summary>
internal sealed class Schedule(int seed, int events)
{
    private const int Block = 1_000;
    private const int Step = 389; // no divisor of 1,000, so the steps meet every place of a block

    private readonly Lock _lock = new();
    private readonly PriorityQueue<Due, long> _waiting = new();
    private int _published;

    /// <summary>How many events were delivered at least once.</summary>
    public int Published => Volatile.Read(ref _published);

    /// <summary>How many messages wait for their next delivery.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Delivers a message again after a while.</summary>
    public void Again(Due due, TimeSpan after)
    {
        lock (_lock)
        {
            _waiting.Enqueue(due, Stopwatch.GetTimestamp() + (long)(after.TotalSeconds * Stopwatch.Frequency));
        }
    }

    /// <summary>Takes the next message.</summary>
    /// <param name="maxWaiting">Nothing new comes while so many wait.</param>
    /// <param name="next">The message.</param>
    /// <returns>False if there is none now.</returns>
    public bool TryTake(int maxWaiting, out Due next)
    {
        lock (_lock)
        {
            if (_waiting.TryPeek(out next, out var at) && at <= Stopwatch.GetTimestamp())
            {
                _waiting.Dequeue();
                return true;
            }

            if (_published == events || _waiting.Count >= maxWaiting)
            {
                return false;
            }

            next = new Due(PlaceOf(_published++), 0, false);
            return true;
        }
    }

    private int PlaceOf(int number)
    {
        var block = number / Block;
        if ((block + 1) * Block > events)
        {
            return number;
        }

        var offset = new Dice(seed, Decisions.Order, block).Next(Block);
        return (block * Block) + (((number % Block * Step) + offset) % Block);
    }
}
