using PixelPipeline.Soak.Oracle;

namespace PixelPipeline.Soak.Checking;

/// <summary>
/// The ordered log of a run: one rising number for every commit and every acknowledgement, as the fault layer sees them.
/// A commit is taken down before its answer is passed on to the function, so an acknowledgement that is due to it always
/// comes later.
/// </summary>
internal sealed class ActionLog(RunOracle oracle, int events, Violations violations)
{
    private readonly long[] _committedAt = new long[events];
    private readonly long[] _committedToAllAt = new long[events]; // in the table of all events, beside the event's own
    private readonly long[] _acknowledgedAt = new long[events];
    private long _clock;
    private int _acknowledged;

    public int Events => events;

    /// <summary>How many events were acknowledged at least once.</summary>
    public int Acknowledged => Volatile.Read(ref _acknowledged);

    public bool IsAcknowledged(int index) => Volatile.Read(ref _acknowledgedAt[index]) != 0;

    /// <summary>BigQuery said that it has a row of this event.</summary>
    public void Committed(int index, string table)
    {
        var now = Interlocked.Increment(ref _clock);
        if ((uint)index >= (uint)events)
        {
            violations.Add($"A row of no event of this run was committed to {table}.");
            return;
        }

        var expected = oracle.Expect(index);
        Interlocked.CompareExchange(ref (table == expected.AllEvents ? _committedToAllAt : _committedAt)[index], now, 0);
        if (!expected.Names(table))
        {
            violations.Add($"Event {index} ({oracle.EventOf(index).Kind}) was committed to {table}, not to {expected.Table ?? "nothing"}.");
        }
    }

    /// <summary>The function acknowledged a delivery of this event.</summary>
    public void Acknowledge(int index)
    {
        var now = Interlocked.Increment(ref _clock);
        if (Interlocked.CompareExchange(ref _acknowledgedAt[index], now, 0) != 0)
        {
            return;
        }

        Interlocked.Increment(ref _acknowledged);
        var expected = oracle.Expect(index);
        RequireCommitted(index, expected.Table, _committedAt, now);
        RequireCommitted(index, expected.AllEvents, _committedToAllAt, now);
    }

    private void RequireCommitted(int index, string? table, long[] committed, long now)
    {
        var at = Volatile.Read(ref committed[index]);
        if (table is not null && (at == 0 || at > now))
        {
            violations.Add($"Event {index} was acknowledged (action {now}) before it was committed to {table}.");
        }
    }
}
