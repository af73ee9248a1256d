using PixelPipeline.Cli.Pipelines;
using PixelPipeline.Importing;
using PixelPipeline.Writing;

namespace PixelPipeline.Cli.Logs;

/// <summary>
/// Commits imported entries as live ones are committed. Where BigQuery refuses for now, such as more new tables than its
/// quota allows, an entry is tried again, as Pub/Sub would deliver it again; where nothing at all has been committed for
/// two minutes, the import is broken off.
/// </summary>
internal sealed class CommittingStep
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly EntryHandler _handler;
    private readonly TimeProvider _time;
    private long _lastCommit;

    public CommittingStep(CommandPipeline pipeline, TimeProvider time)
    {
        _handler = new EntryHandler(pipeline.Processor, pipeline.Writer, pipeline.Layout, pipeline.Meter, time);
        _time = time;
        _lastCommit = time.GetTimestamp();
    }

    /// <summary>Commits an entry.</summary>
    /// <exception cref="RowNotCommittedException">BigQuery has not taken anything for two minutes.</exception>
    public async ValueTask<EntryOutcome> CommitAsync(ImportedEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Outcome is EntryOutcome.Ignored)
        {
            return entry.Outcome;
        }

        while (true)
        {
            try
            {
                var outcome = await _handler.HandleAsync(entry.Outcome, entry.Entry, cancellationToken);
                Volatile.Write(ref _lastCommit, _time.GetTimestamp());
                return outcome;
            }
            catch (RowNotCommittedException) when (_time.GetElapsedTime(Volatile.Read(ref _lastCommit)) < Patience)
            {
                await Task.Delay(Pause, _time, cancellationToken);
            }
        }
    }
}
