using PixelPipeline.Writing;

namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>Spaces new tables evenly, and counts them against the day's budget. Safe for concurrent use.</summary>
internal sealed class NewTablePacer
{
    /// <summary>
    /// How long a message waits for its table at most. What would wait longer fails at once and is delivered again, so
    /// that messages for known tables find a free place in the instance.
    /// </summary>
    internal static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(5);

    private readonly NewTableLimits _limits;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private DateTime _nextSlot;
    private DateTime _budgetDay;
    private int _madeOnBudgetDay;

    public NewTablePacer(NewTableLimits limits, TimeProvider time)
    {
        _limits = limits;
        _time = time;
    }

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    /// <summary>Takes one table out of the day's budget; false where it is spent.</summary>
    public bool TryTakeFromBudget()
    {
        lock (_lock)
        {
            if (Now.Date != _budgetDay)
            {
                _budgetDay = Now.Date;
                _madeOnBudgetDay = 0;
            }

            return _madeOnBudgetDay < _limits.PerDay && ++_madeOnBudgetDay > 0;
        }
    }

    /// <summary>Gives a table back to the budget: it was not made.</summary>
    public void ReturnToBudget()
    {
        lock (_lock)
        {
            _madeOnBudgetDay = Math.Max(0, _madeOnBudgetDay - 1);
        }
    }

    /// <summary>Waits until the quota allows for one more table.</summary>
    /// <exception cref="RowNotCommittedException">That would take longer than <see cref="MaxWait"/>.</exception>
    public Task WaitAsync()
    {
        TimeSpan wait;
        lock (_lock)
        {
            var slot = _nextSlot > Now ? _nextSlot : Now;
            wait = slot - Now;
            if (wait > MaxWait)
            {
                throw new RowNotCommittedException("Too many new tables at once: more are made as BigQuery's quota of 10 a second allows.");
            }

            _nextSlot = slot + TimeSpan.FromSeconds(1 / _limits.PerSecond);
        }

        return wait > TimeSpan.Zero ? Task.Delay(wait, _time) : Task.CompletedTask;
    }
}
