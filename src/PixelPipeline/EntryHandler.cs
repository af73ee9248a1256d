using PixelPipeline.Events;
using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace PixelPipeline;

/// <summary>
/// Takes one log entry all the way: processed, and its row, or the record of its rejection, committed. Once this
/// completes, the entry's message may be acknowledged. Safe for concurrent use.
/// </summary>
public sealed class EntryHandler
{
    private readonly PixelProcessor _processor;
    private readonly LayoutWriter _events;
    private readonly GroupCommitWriter _writer;
    private readonly TableLayout _layout;
    private readonly PipelineMeter _meter;
    private readonly TimeProvider _time;

    /// <summary>Sets a handler up.</summary>
    /// <param name="processor">Says what becomes of an entry.</param>
    /// <param name="writer">Commits rows.</param>
    /// <param name="layout">Names the tables.</param>
    /// <param name="meter">Is told of every entry.</param>
    /// <param name="time">The time of rejections.</param>
    public EntryHandler(PixelProcessor processor, GroupCommitWriter writer, TableLayout layout, PipelineMeter meter, TimeProvider time)
    {
        _processor = processor;
        _events = new LayoutWriter(writer, layout, meter, time);
        _writer = writer;
        _layout = layout;
        _meter = meter;
        _time = time;
    }

    /// <summary>Handles one entry.</summary>
    /// <param name="entry">The message's bytes: any.</param>
    /// <param name="cancellationToken">The message's delivery ended.</param>
    /// <returns>What became of it, committed.</returns>
    /// <exception cref="RowNotCommittedException">The row is not committed, or that is not known: the message must be delivered again.</exception>
    /// <exception cref="OperationCanceledException">Likewise.</exception>
    public Task<EntryOutcome> HandleAsync(ReadOnlyMemory<byte> entry, CancellationToken cancellationToken) =>
        HandleAsync(_processor.Process(entry.Span), entry, cancellationToken);

    /// <summary>Handles what a reader of another access-log format made of an entry.</summary>
    /// <param name="processed">What the processor says.</param>
    /// <param name="entry">The bytes that are kept if it is rejected.</param>
    /// <param name="cancellationToken">Withdraws the row while it waits.</param>
    /// <returns>What became of it, committed.</returns>
    /// <exception cref="RowNotCommittedException">The row is not committed, or that is not known: the entry must be handled again.</exception>
    /// <exception cref="OperationCanceledException">Likewise.</exception>
    public async Task<EntryOutcome> HandleAsync(EntryOutcome processed, ReadOnlyMemory<byte> entry, CancellationToken cancellationToken)
    {
        _meter.RecordReceived();
        try
        {
            var outcome = await CommitAsync(processed, entry, cancellationToken);
            _meter.RecordOutcome(outcome);
            return outcome;
        }
        catch
        {
            _meter.RecordFailed();
            throw;
        }
    }

    private async ValueTask<EntryOutcome> CommitAsync(EntryOutcome outcome, ReadOnlyMemory<byte> entry, CancellationToken cancellationToken) => outcome switch
    {
        EntryOutcome.Written written => await WriteAsync(written, entry, cancellationToken),
        EntryOutcome.Rejected rejected => await RejectAsync(rejected, entry, cancellationToken),
        _ => outcome,
    };

    private async Task<EntryOutcome> WriteAsync(EntryOutcome.Written written, ReadOnlyMemory<byte> entry, CancellationToken cancellationToken)
    {
        var (fate, table) = await _events.WriteAsync(written.Row, written.Table, cancellationToken);
        if (fate.IsCommitted)
        {
            return written with { Table = table };
        }

        var rejected = new EntryOutcome.Rejected(written.Row.InsertId, RejectedReason.InvalidRow, null, fate.InvalidMessage!);
        return await RejectAsync(rejected, entry, cancellationToken);
    }

    private async Task<EntryOutcome> RejectAsync(EntryOutcome.Rejected rejected, ReadOnlyMemory<byte> entry, CancellationToken cancellationToken)
    {
        EventRow row = RejectedEntries.ToRow(rejected, entry.Span, _time.GetUtcNow().UtcDateTime);
        var (fate, table) = await _writer.WriteAsync(row, _layout.RejectedTable, cancellationToken);
        return fate.IsCommitted
            ? rejected
            : throw new RowNotCommittedException($"The table {table.Id} does not take rejections: {fate.InvalidMessage}. Compare its schema with deploy/rejected-schema.json.");
    }
}
