using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using PixelPipeline.Cli.Logs;
using PixelPipeline.Cli.Pipelines;
using PixelPipeline.GoogleCloud.BigQuery.Loading;
using PixelPipeline.Importing;
using PixelPipeline.Logs.Files;
using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace PixelPipeline.Cli.Commands;

/// <summary><c>pixel import</c>: access logs into event tables, as if their requests had come in live.</summary>
internal static class ImportCommand
{
    private static readonly LogOptions Logs = new();
    private static readonly PipelineOptions Pipeline = new();
    private static readonly Option<string> Data = CommonOptions.Data();
    private static readonly Option<OutputFormat> Format = CommonOptions.Format();
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Show what would become of the lines; writes nothing, needs no BigQuery" };
    private static readonly Option<bool> Stream = new("--stream") { Description = "Stream rows into the partitioned layout as well, in place of load jobs" };
    private static readonly Option<bool> Resume = new("--resume") { Description = "Go on where an import of the same files was broken off" };

    private static readonly Option<string?> To = new("--to")
    {
        Description = "Where to: the local BigQuery, or, with --project, Google's; unless given, --project decides",
        HelpName = "local|bigquery",
    };

    static ImportCommand() => To.AcceptOnlyFromAmong("local", "bigquery");

    public static Command Create()
    {
        var command = new Command("import", "Take access logs in: each line as if its request had come in live");
        Logs.AddTo(command);
        Pipeline.AddTo(command);
        foreach (var option in (Option[])[To, DryRun, Resume, Stream, Data, Format])
        {
            command.Options.Add(option);
        }

        command.Validators.Add(CheckTarget);
        command.SetAction(RunAsync);
        return command;
    }

    private static void CheckTarget(CommandResult result)
    {
        var isGoogles = Pipeline.IsGoogles(result);
        switch (result.GetValue(To))
        {
            case "bigquery" when !isGoogles:
                result.AddError("--to bigquery needs --project PROJECT.");
                break;
            case "local" when isGoogles:
                result.AddError("--to local and --project contradict each other: leave one of them out.");
                break;
        }
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var files = Logs.Files(arguments);
        using var pipeline = Pipeline.Build(arguments);
        using var troubles = Logs.Troubles(arguments);
        if (arguments.GetValue(DryRun))
        {
            using var dryRun = NewImporter(default, new DryRun());
            await new ImportProgress(dryRun, files).ShowAsync(dryRun.RunAsync(cancellationToken), () => { });
            ImportReport.Print(arguments.GetValue(Format), dryRun.Counts);
        }
        else
        {
            await CommitAsync(arguments, pipeline, files, NewImporter, cancellationToken);
        }

        troubles.Print();
        return troubles.HasFailedFiles ? 1 : 0;

        Importer NewImporter(ImportPosition start, IImportSink sink) =>
            new(pipeline.Processor, files, Logs.Format(arguments), start, sink, troubles.Add, troubles.Add);
    }

    private static async Task CommitAsync(
        ParseResult arguments, CommandPipeline pipeline, List<LogFile> files, Func<ImportPosition, IImportSink, Importer> newImporter, CancellationToken cancellationToken)
    {
        var target = $"{pipeline.Client.ProjectId}.{pipeline.DatasetId}.{pipeline.Layout.BaseTable}";
        var state = new ImportState(arguments.GetValue(Data)!, files, target);
        var start = arguments.GetValue(Resume) ? state.Read() ?? default : default;
        await pipeline.EnsureTablesAsync(cancellationToken);
        var commits = new EntryByEntry(new CommittingStep(pipeline, TimeProvider.System).CommitAsync);
        using var loads = IsLoaded(arguments, pipeline) ? new LoadJobSink(pipeline.NewLoader(), commits) : null;
        using var importer = newImporter(start, loads ?? (IImportSink)commits);
        try
        {
            await new ImportProgress(importer, files.Skip(start.FileIndex)).ShowAsync(importer.RunAsync(cancellationToken), () => state.Write(importer.Position));
            state.Remove();
        }
        catch (Exception e) when (e is RowNotCommittedException or OperationCanceledException)
        {
            state.Write(importer.Position);
            throw new CommandException(HowToGoOn(e, isLoaded: loads is not null), e);
        }
        finally
        {
            ImportReport.Print(arguments.GetValue(Format), importer.Counts);
        }

        if (loads is { RowsLoadedBefore: > 0 and var before })
        {
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{before:N0} rows were loaded by an earlier import and are not loaded again; if they were deleted since, --stream writes them anew."));
        }
    }

    private static bool IsLoaded(ParseResult arguments, CommandPipeline pipeline) =>
        pipeline.Layout is TableLayout.Partitioned && !arguments.GetValue(Stream);

    private static string HowToGoOn(Exception failure, bool isLoaded) => failure switch
    {
        OperationCanceledException => "The import is broken off. Go on with --resume.",
        _ when isLoaded => $"{failure.Message} Go on with --resume; with --stream as well, each row is settled by itself.",
        _ => $"{failure.Message} Go on with --resume.",
    };
}
