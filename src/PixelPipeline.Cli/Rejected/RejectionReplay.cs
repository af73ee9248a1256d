using PixelPipeline.Cli.Targets;
using PixelPipeline.Writing;

namespace PixelPipeline.Cli.Rejected;

/// <summary>Runs rejected entries through today's schema, and marks those that have become events.</summary>
internal sealed class RejectionReplay
{
    private const int MaxUnderWay = 1_000; // as many as a function gets at once: the group commit wants company

    private readonly CommandPipeline _pipeline;
    private readonly TimeProvider _time;
    private int _written;
    private int _left;

    public RejectionReplay(CommandPipeline pipeline, TimeProvider time)
    {
        _pipeline = pipeline;
        _time = time;
    }

    /// <summary>Replays entries. A run that is broken off, or repeated, doubles nothing.</summary>
    /// <returns>How many are events now, and how many are still none.</returns>
    /// <exception cref="RowNotCommittedException">BigQuery does not take rows.</exception>
    public async Task<(int Written, int Left)> RunAsync(IAsyncEnumerable<RejectedEntry> entries, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = MaxUnderWay, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(entries, options, async (entry, ct) => Count(await ReplayAsync(entry, ct)));
        return (_written, _left);
    }

    private void Count(bool written) => Interlocked.Increment(ref written ? ref _written : ref _left);

    private async Task<bool> ReplayAsync(RejectedEntry entry, CancellationToken cancellationToken)
    {
        if (_pipeline.Processor.Process(entry.Entry) is not EntryOutcome.Written written)
        {
            return false;
        }

        var (fate, table) = await _pipeline.Events.WriteAsync(written.Row, written.Table, cancellationToken);
        if (!fate.IsCommitted)
        {
            return false;
        }

        var resolution = RejectedEntries.ToResolution(entry.EventId, $"Written to {table.Id}", _time.GetUtcNow().UtcDateTime);
        var (resolved, rejectedTable) = await _pipeline.Writer.WriteAsync(resolution, _pipeline.Layout.RejectedTable, cancellationToken);
        return resolved.IsCommitted
            ? true
            : throw new CommandException($"The table {rejectedTable.Id} does not take resolutions: {resolved.InvalidMessage}. Compare its schema with deploy/rejected-schema.json.");
    }
}
