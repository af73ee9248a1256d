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
        var compare = new EntryByEntry((entry, _) =>
        {
            difference.Add(entry, IsNew(entry, stored));
            return new(entry.Outcome);
        });
        using var importer = NewImporter(new ChosenEntries(compare, IsWithin), troubles.Add);
        await new ImportProgress(importer, files).ShowAsync(importer.RunAsync(cancellationToken));
        return difference;
    }

    /// <summary>
    /// Writes what is not stored: events by load jobs, where the layout has a table of all events, and else as live ones
    /// are written.
    /// </summary>
    /// <param name="stored">What is.</param>
    /// <param name="userTables">Whether the tables for each user and day get the events as well, where load jobs fill the other.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    /// <returns>How many rows, events and rejections.</returns>
    /// <exception cref="RowNotCommittedException">BigQuery does not take rows.</exception>
    public async Task<long> WriteAsync(StoredEventIds stored, bool userTables, CancellationToken cancellationToken)
    {
        var commits = new EntryByEntry(new CommittingStep(pipeline.NewHandler(), TimeProvider.System).CommitAsync);
        using var loads = LoadSinks.Create(pipeline, commits, userTables);
        var written = new ConcurrentDictionary<string, byte>(); // an entry may stand in the lake twice: delivery is at least once
        var chosen = new ChosenEntries(
            loads ?? (IImportSink)commits, entry => IsWithin(entry) && IsNew(entry, stored) && written.TryAdd(IdOf(entry.Outcome), 0));
        using var importer = NewImporter(chosen, _ => { });
        await new ImportProgress(importer, files).ShowAsync(importer.RunAsync(cancellationToken));
        return written.Count;
    }

    private Importer NewImporter(IImportSink sink, Action<BadLine> bad) =>
        new(pipeline.Processor, files, LogFormats.LogEntry, default, sink, bad, troubles.Add);

    private bool IsWithin(ImportedEntry entry) => entry.Day >= from && entry.Day <= to;

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
