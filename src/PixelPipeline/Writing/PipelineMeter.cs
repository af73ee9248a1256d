using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace PixelPipeline.Writing;

/// <summary>
/// The pipeline's figures, as instruments of the meter <c>PixelPipeline</c> and as running totals. Safe for concurrent use.
/// </summary>
public sealed class PipelineMeter : IDisposable
{
    /// <summary>The meter's name, to subscribe to.</summary>
    public const string Name = "PixelPipeline";

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _entries;
    private readonly Histogram<int> _batchRows;
    private readonly Histogram<double> _commitSeconds;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _newTables;
    private readonly ConcurrentDictionary<DroppedCase, long> _dropped = new();
    private readonly Counter<long> _refusedByOwnTable;
    private Func<int> _waitingRows = () => 0;
    private long _received;
    private long _written;
    private long _ignored;
    private long _rejected;
    private long _failed;

    /// <summary>Makes the instruments.</summary>
    public PipelineMeter()
    {
        _entries = _meter.CreateCounter<long>("pixelpipeline.entries", "{entry}", "Log entries by outcome and reason.");
        _batchRows = _meter.CreateHistogram<int>("pixelpipeline.batch.rows", "{row}", "Rows in one insert.");
        _commitSeconds = _meter.CreateHistogram<double>("pixelpipeline.commit.duration", "s", "From an insert's start to the last fate.");
        _retries = _meter.CreateCounter<long>("pixelpipeline.retries", "{call}", "BigQuery calls made again.");
        _newTables = _meter.CreateCounter<long>("pixelpipeline.new_tables", "{table}", "Tables made by template suffix.");
        _refusedByOwnTable = _meter.CreateCounter<long>("pixelpipeline.refused_by_own_table", "{row}", "Rows of the table of all events that the table of user and day says are invalid.");
        _meter.CreateObservableGauge("pixelpipeline.waiting_rows", () => _waitingRows(), "{row}", "Rows whose fate is not known yet.");
    }

    /// <summary>The totals since the start. While entries are in flight, they are read one after the other.</summary>
    public PipelineTotals Totals
    {
        get
        {
            // What entries become is read before how many came, so that none seems to come from nowhere.
            var written = Interlocked.Read(ref _written);
            var ignored = Interlocked.Read(ref _ignored);
            var rejected = Interlocked.Read(ref _rejected);
            var failed = Interlocked.Read(ref _failed);
            return new PipelineTotals(Interlocked.Read(ref _received), written, ignored, rejected, failed);
        }
    }

    /// <summary>How many entries became no event rows since the start, by case.</summary>
    public IReadOnlyDictionary<DroppedCase, long> Dropped => _dropped;

    /// <summary>An entry came in.</summary>
    public void RecordReceived() => Interlocked.Increment(ref _received);

    /// <summary>An entry's outcome is final.</summary>
    public void RecordOutcome(EntryOutcome outcome)
    {
        switch (outcome)
        {
            case EntryOutcome.Written:
                Count(ref _written, "written", "");
                break;
            case EntryOutcome.Ignored ignored:
                Count(ref _ignored, "ignored", ignored.Reason.ToLabel());
                CountDropped(new DroppedCase(IsRejected: false, ignored.Reason.ToLabel(), Column: null));
                break;
            case EntryOutcome.Rejected rejected:
                Count(ref _rejected, "rejected", rejected.Reason.ToLabel());
                CountDropped(new DroppedCase(IsRejected: true, rejected.Reason.ToLabel(), rejected.Column));
                break;
        }
    }

    /// <summary>An entry has no outcome yet: its delivery failed and comes again.</summary>
    public void RecordFailed() => Count(ref _failed, "failed", "");

    /// <summary>A BigQuery call is made again.</summary>
    public void RecordRetry() => _retries.Add(1);

    /// <summary>A table was made.</summary>
    public void RecordNewTable() => _newTables.Add(1);

    /// <summary>Records a row that the table of all events has and the table of its user and day says is invalid.</summary>
    public void RecordRefusedByOwnTable() => _refusedByOwnTable.Add(1);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void RecordBatch(int rows, TimeSpan duration)
    {
        _batchRows.Record(rows);
        _commitSeconds.Record(duration.TotalSeconds);
    }

    internal void ObserveWaitingRows(Func<int> count) => _waitingRows = count;

    private void CountDropped(DroppedCase dropped) => _dropped.AddOrUpdate(dropped, 1, static (_, count) => count + 1);

    private void Count(ref long total, string outcome, string reason)
    {
        Interlocked.Increment(ref total);
        _entries.Add(1, new("outcome", outcome), new("reason", reason));
    }
}
