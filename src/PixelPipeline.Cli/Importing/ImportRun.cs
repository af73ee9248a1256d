using System.Globalization;
using PixelPipeline.Cli.Targets;
using PixelPipeline.Importing;
using PixelPipeline.Logs.Files;
using PixelPipeline.Writing;

namespace PixelPipeline.Cli.Importing;

/// <summary>An import into BigQuery: how it goes is shown, and how far it got is kept, for one that goes on.</summary>
/// <param name="pipeline">Where to.</param>
/// <param name="files">What is imported.</param>
/// <param name="state">How far it got.</param>
/// <param name="stream">Streams rows where load jobs could take them.</param>
/// <param name="userTables">Whether the tables for each user and day get rows where load jobs take them.</param>
internal sealed class ImportRun(CommandPipeline pipeline, IReadOnlyList<LogFile> files, ImportState state, bool stream, bool userTables)
{
    /// <summary>Imports everything from a position on.</summary>
    /// <param name="start">Where to begin.</param>
    /// <param name="create">Makes the importer.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    /// <param name="ended">Told what became of the lines, however it ends.</param>
    /// <exception cref="CommandException">It was broken off; the message says how to go on.</exception>
    public async Task RunAsync(ImportPosition start, Func<ImportPosition, IImportSink, Importer> create, Action<ImportCounts> ended, CancellationToken cancellationToken)
    {
        await pipeline.EnsureTablesAsync(cancellationToken);
        var commits = new EntryByEntry(new CommittingStep(pipeline.NewHandler(), TimeProvider.System).CommitAsync);
        using var loadJobs = stream ? null : LoadSinks.Create(pipeline, commits, userTables);
        var sink = new CountingSink(loadJobs ?? (IImportSink)commits);
        using var importer = create(start, sink);
        try
        {
            await new ImportProgress(importer, files.Skip(start.FileIndex), sink).ShowAsync(importer.RunAsync(cancellationToken), () => state.Write(importer.Position));
            state.Remove();
        }
        catch (Exception e) when (e is RowNotCommittedException or OperationCanceledException)
        {
            state.Write(importer.Position);
            throw new CommandException(HowToGoOn(e, importer.Position), e);
        }
        finally
        {
            ended(importer.Counts);
        }

        if (loadJobs is { RowsLoadedBefore: > 0 and var before })
        {
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{before:N0} rows were loaded by an earlier import and are not loaded again; if they were deleted since, --stream writes them anew."));
        }
    }

    private string HowToGoOn(Exception failure, ImportPosition reached) => failure switch
    {
        OperationCanceledException when reached == default => "The import is broken off before its first part was committed: import again from the start, nothing is doubled.",
        OperationCanceledException => "The import is broken off. Go on with --resume.",
        _ when !stream && pipeline.Layout.AllEvents is not null => $"{failure.Message} Go on with --resume; with --stream as well, each row is settled by itself.",
        _ => $"{failure.Message} Go on with --resume.",
    };
}
