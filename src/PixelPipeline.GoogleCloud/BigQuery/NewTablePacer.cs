namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>Spaces new tables evenly, and counts them against the day's budget (UTC). Safe for concurrent use.</summary>
internal sealed class NewTablePacer
{
    /// <summary>
    /// How long a message waits for its table at most. What would wait longer is refused at once and delivered again:
    /// at the full quota of 10 a second no more than 51 new tables wait, so that of 80 messages in one instance 29
    /// places stay free for known tables.
    /// </summary>
    internal static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(5);

    private readonly int _perDay;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly long _start;
    private TimeSpan _nextSlot; // since the start, which a step of the wall clock does not move
    private DateTime _budgetDay;
    private int _takenOnBudgetDay;

    public NewTablePacer(NewTableLimits limits, TimeProvider time)
    {
        _perDay = limits.PerDay;
        _interval = TimeSpan.FromSeconds(1 / limits.PerSecond);
        _time = time;
        _start = time.GetTimestamp();
    }

    /// <summary>What <see cref="Take"/> would answer now.</summary>
    public NewTableTurn Peek(bool countsAgainstBudget)
    {
        lock (_lock)
        {
            return Answer(countsAgainstBudget, out _);
        }
    }

    /// <summary>Takes a place in the row of new tables, and one table out of the budget; or neither.</summary>
    /// <param name="countsAgainstBudget">False for an overflow table: it is what remains once the budget is spent.</param>
    /// <param name="wait">How long to wait before the table is made.</param>
    public NewTableTurn Take(bool countsAgainstBudget, out TimeSpan wait)
    {
        lock (_lock)
        {
            var answer = Answer(countsAgainstBudget, out wait);
            if (answer == NewTableTurn.Granted)
            {
                _nextSlot = _time.GetElapsedTime(_start) + wait + _interval;
                _takenOnBudgetDay += countsAgainstBudget ? 1 : 0;
            }

            return answer;
        }
    }

    private NewTableTurn Answer(bool countsAgainstBudget, out TimeSpan wait)
    {
        var now = _time.GetElapsedTime(_start);
        wait = _nextSlot > now ? _nextSlot - now : TimeSpan.Zero;
        var today = _time.GetUtcNow().UtcDateTime.Date;
        if (today != _budgetDay)
        {
            _budgetDay = today;
            _takenOnBudgetDay = 0;
        }

        return countsAgainstBudget && _takenOnBudgetDay >= _perDay ? NewTableTurn.BudgetSpent
            : wait > MaxWait ? NewTableTurn.Busy
            : NewTableTurn.Granted;
    }
}
