using PixelPipeline.Events;
using PixelPipeline.Tables;

namespace PixelPipeline.Writing;

/// <summary>
/// Lets concurrent writers share inserts. While an insert for a table is under way, rows that arrive for the same table
/// wait and go together in the next one: no delay when idle, full batches under load. Safe for concurrent use.
/// </summary>
public sealed class GroupCommitWriter
{
    private readonly IEventRowWriter _writer;
    private readonly GroupCommitLimits _limits;
    private readonly PipelineMeter _meter;
    private readonly TimeProvider _time;

    private readonly Lock _lock = new();
    private readonly Dictionary<TableName, TableQueue> _tables = []; // only tables with rows waiting or under way
    private readonly Queue<TableQueue> _ready = new();               // tables with rows waiting and no insert under way
    private readonly Queue<TableQueue> _readyAtOnce = new();         // those of them that need no place
    private int _insertsUnderWay;
    private int _waitingRows;

    /// <summary>Puts a group commit in front of a writer.</summary>
    /// <param name="writer">Where the batches go.</param>
    /// <param name="limits">Its bounds.</param>
    /// <param name="meter">Is told of every batch.</param>
    /// <param name="time">Times the commits.</param>
    public GroupCommitWriter(IEventRowWriter writer, GroupCommitLimits limits, PipelineMeter meter, TimeProvider time)
    {
        _writer = writer;
        _limits = limits;
        _meter = meter;
        _time = time;
        meter.ObserveWaitingRows(() => Volatile.Read(ref _waitingRows));
    }

    /// <summary>The tables that rows wait for or go to: what the group commit remembers.</summary>
    internal int TablesInUse
    {
        get
        {
            lock (_lock)
            {
                return _tables.Count;
            }
        }
    }

    /// <summary>Commits one row. Completes when the row's own fate is known, not before.</summary>
    /// <param name="row">The row.</param>
    /// <param name="table">The table that the layout chose.</param>
    /// <param name="cancellationToken">Withdraws the row while it waits; once its insert is under way its fate is awaited.</param>
    /// <returns>The row's fate and the table it is true of, which may be the day's overflow table.</returns>
    /// <exception cref="RowNotCommittedException">Too many rows wait, or the insert failed: deliver the message again.</exception>
    /// <exception cref="OperationCanceledException">The row was withdrawn.</exception>
    public async Task<(RowFate Fate, TableName Table)> WriteAsync(EventRow row, TableName table, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waitingRows) > _limits.MaxWaitingRows)
        {
            Interlocked.Decrement(ref _waitingRows);
            throw new RowNotCommittedException($"{_limits.MaxWaitingRows:N0} rows are waiting already (setting MaxWaitingRows).");
        }

        try
        {
            var admitted = await _writer.AdmitAsync(table, row.EventTime, cancellationToken);
            var waiting = new WaitingRow(row);
            Enqueue(waiting, admitted);
            await using var withdrawal = cancellationToken.Register(() => Withdraw(waiting, cancellationToken));
            return (await waiting.Fate, admitted);
        }
        finally
        {
            Interlocked.Decrement(ref _waitingRows);
        }
    }

    private void Enqueue(WaitingRow waiting, TableName name)
    {
        lock (_lock)
        {
            if (!_tables.TryGetValue(name, out var table))
            {
                table = new TableQueue(name);
                _tables.Add(name, table);
                QueueOf(table).Enqueue(table);
            }

            table.Add(waiting);
            StartInserts();
        }
    }

    private Queue<TableQueue> QueueOf(TableQueue table) => table.NeedsPlace ? _ready : _readyAtOnce;

    private void Withdraw(WaitingRow waiting, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            waiting.Withdraw(cancellationToken);
        }
    }

    private void StartInserts()
    {
        while (_readyAtOnce.TryDequeue(out var table) || (_insertsUnderWay < _limits.MaxInserts && _ready.TryDequeue(out table)))
        {
            var batch = table.TakeBatch(_limits);
            if (batch.Count == 0)
            {
                _tables.Remove(table.Name); // every row was withdrawn
                continue;
            }

            _insertsUnderWay += table.NeedsPlace ? 1 : 0;
            _ = Task.Run(() => InsertAsync(table, batch)); // completes each row of the batch, and never throws
        }
    }

    private async Task InsertAsync(TableQueue table, List<WaitingRow> batch)
    {
        try
        {
            await CommitAsync(table.Name, batch);
        }
        finally
        {
            EndInsert(table); // whatever a listener to the meter throws, the insert's place is free again
        }
    }

    private void EndInsert(TableQueue table)
    {
        lock (_lock)
        {
            _insertsUnderWay -= table.NeedsPlace ? 1 : 0;
            if (table.IsEmpty)
            {
                _tables.Remove(table.Name);
            }
            else
            {
                QueueOf(table).Enqueue(table); // behind the others: a busy table does not starve them
            }

            StartInserts();
        }
    }

    private async Task CommitAsync(TableName table, List<WaitingRow> batch)
    {
        var start = _time.GetTimestamp();
        try
        {
            var fates = await _writer.WriteAsync(table, batch.ConvertAll(w => w.Row), CancellationToken.None);
            if (fates.Count != batch.Count)
            {
                throw new InvalidOperationException($"The writer told {fates.Count} fates of {batch.Count} rows.");
            }

            for (var i = 0; i < batch.Count; i++)
            {
                Tell(batch[i], fates[i], table);
            }
        }
        catch (Exception e)
        {
            // Not swallowed: every message of the batch fails with it. An exception of its own for each, since they
            // are thrown on many threads at once.
            foreach (var waiting in batch)
            {
                Tell(waiting, RowFate.Unknown(e), table);
            }
        }

        _meter.RecordBatch(batch.Count, _time.GetElapsedTime(start));
    }

    private static void Tell(WaitingRow waiting, RowFate fate, TableName table)
    {
        if (fate.UnknownCause is { } cause)
        {
            waiting.Fail(new RowNotCommittedException($"The insert into {table.Base} failed: {cause.Message}", cause));
        }
        else
        {
            waiting.Complete(fate);
        }
    }
}
