using System.Collections.Concurrent;
using PixelPipeline.Cli.Importing;
using PixelPipeline.Cli.Logs;
using PixelPipeline.Cli.Targets;
using PixelPipeline.Importing;
using PixelPipeline.Logs.Files;
using PixelPipeline.Logs.Formats;
using PixelPipeline.Writing;

namespace PixelPipeline.Cli.Replaying;

/// <summary>Takes the lake's raw entries through today's schema once more. What is stored already is not written again.</summary>
/// <param name="pipeline">The core, and where rows go.</param>
/// <param name="files">The lake's files.</param>
/// <param name="from">The first day (UTC) that counts.</param>
/// <param name="to">The last one.</param>
/// <param name="troubles">Told what cannot be read.</param>
internal sealed class LakeReplay(CommandPipeline pipeline, IReadOnlyList<LogFile> files, DateOnly from, DateOnly to, LogTroubles troubles)
{
    /// <summary>Finds out what a replay would write. Writes nothing.</summary>
    public async Task<ReplayDifference> CompareAsync(StoredEventIds stored, CancellationToken cancellationToken)
    {
        var difference = new ReplayDifference();
        using var importer = NewImporter((entry, _) =>
        {
            difference.Add(entry, IsNew(entry, stored));
            return new(entry.Outcome);
        }, troubles.Add);
        await new ImportProgress(importer, files).ShowAsync(importer.RunAsync(cancellationToken));
        return difference;
    }

    /// <summary>Writes what is not stored.</summary>
    /// <returns>How many rows, events and rejections.</returns>
    /// <exception cref="RowNotCommittedException">BigQuery does not take rows.</exception>
    public async Task<long> WriteAsync(StoredEventIds stored, CancellationToken cancellationToken)
    {
        var commits = new CommittingStep(pipeline.NewHandler(), TimeProvider.System);
        var written = new ConcurrentDictionary<string, byte>(); // an entry may stand in the lake twice: delivery is at least once
        using var importer = NewImporter(
            (entry, ct) => IsNew(entry, stored) && written.TryAdd(IdOf(entry.Outcome), 0) ? commits.CommitAsync(entry, ct) : new(entry.Outcome), _ => { });
        await new ImportProgress(importer, files).ShowAsync(importer.RunAsync(cancellationToken));
        return written.Count;
    }

    private Importer NewImporter(Func<ImportedEntry, CancellationToken, ValueTask<EntryOutcome>> step, Action<BadLine> bad) => new(
        pipeline.Processor, files, LogFormats.LogEntry, default,
        new EntryByEntry((entry, ct) => entry.Day < from || entry.Day > to ? new(entry.Outcome) : step(entry, ct)), bad, troubles.Add);

    private static bool IsNew(ImportedEntry entry, StoredEventIds stored) => entry.Outcome switch
    {
        EntryOutcome.Written written => !stored.HasEvent(written.Row.InsertId),
        EntryOutcome.Rejected rejected => !stored.HasRejection(rejected.EventId),
        _ => false,
    };

    private static string IdOf(EntryOutcome outcome) => outcome switch
    {
        EntryOutcome.Written written => written.Row.InsertId,
        EntryOutcome.Rejected rejected => rejected.EventId,
        _ => throw new InvalidOperationException("An ignored entry is not written."),
    };
}
