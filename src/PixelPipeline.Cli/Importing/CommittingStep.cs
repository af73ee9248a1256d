using PixelPipeline.Importing;
using PixelPipeline.Writing;

namespace PixelPipeline.Cli.Importing;

/// <summary>
/// Commits imported entries as live ones are committed. Where BigQuery refuses for now, such as more new tables than its
/// quota allows, an entry is tried again, as Pub/Sub would deliver it again; where it refuses everything for two minutes,
/// the import is broken off.
/// </summary>
internal sealed class CommittingStep
{
    private const long NotFailing = long.MinValue;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Func<ImportedEntry, CancellationToken, Task<EntryOutcome>> _commit;
    private readonly TimeProvider _time;
    private long _failingSince = NotFailing;

    public CommittingStep(EntryHandler handler, TimeProvider time)
        : this((entry, ct) => handler.HandleAsync(entry.Outcome, entry.Entry, ct), time)
    {
    }

    private CommittingStep(Func<ImportedEntry, CancellationToken, Task<EntryOutcome>> commit, TimeProvider time)
    {
        _commit = commit;
        _time = time;
    }

    /// <summary>
    /// Writes events into the tables for each user and day alone, and nothing of other entries: something else fills the
    /// table of all events, which counts. What a table says is invalid is left at that.
    /// </summary>
    public static CommittingStep OfOwnTables(GroupCommitWriter writer, TimeProvider time) => new(
        async (entry, ct) =>
        {
            if (entry.Outcome is EntryOutcome.Written written)
            {
                await writer.WriteAsync(written.Row, written.Table, ct);
            }

            return entry.Outcome;
        },
        time);

    /// <summary>Commits an entry.</summary>
    /// <exception cref="RowNotCommittedException">BigQuery has refused everything for two minutes.</exception>
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
                // An insert that hangs holds nobody up who wants to stop: what it writes after all, the next import does not double.
                var outcome = await _commit(entry, cancellationToken).WaitAsync(cancellationToken);
                Volatile.Write(ref _failingSince, NotFailing);
                return outcome;
            }
            catch (RowNotCommittedException) when (HasPatience())
            {
                await Task.Delay(Pause, _time, cancellationToken);
            }
        }
    }

    private bool HasPatience()
    {
        var now = _time.GetTimestamp();
        var since = Interlocked.CompareExchange(ref _failingSince, now, NotFailing);
        return since == NotFailing || _time.GetElapsedTime(since, now) < Patience;
    }
}
