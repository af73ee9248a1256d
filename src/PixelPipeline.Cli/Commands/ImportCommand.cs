using System.CommandLine;
using PixelPipeline.Cli.Logs;
using PixelPipeline.Cli.Pipelines;
using PixelPipeline.Importing;
using PixelPipeline.Logs.Files;
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
    private static readonly Option<bool> Resume = new("--resume") { Description = "Go on where an import of the same files was broken off" };

    public static Command Create()
    {
        var command = new Command("import", "Take access logs in: each line as if its request had come in live");
        Logs.AddTo(command);
        Pipeline.AddTo(command);
        foreach (var option in (Option[])[DryRun, Resume, Data, Format])
        {
            command.Options.Add(option);
        }

        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var files = Logs.Files(arguments);
        using var pipeline = Pipeline.Build(arguments);
        using var troubles = Logs.Troubles(arguments);
        if (arguments.GetValue(DryRun))
        {
            using var dryRun = NewImporter(default, step: null);
            await new ImportProgress(dryRun, files).ShowAsync(dryRun.RunAsync(cancellationToken), () => { });
            ImportReport.Print(arguments.GetValue(Format), dryRun.Counts);
        }
        else
        {
            await CommitAsync(arguments, pipeline, files, NewImporter, cancellationToken);
        }

        troubles.Print();
        return troubles.HasFailedFiles ? 1 : 0;

        Importer NewImporter(ImportPosition start, ImportStep? step) =>
            new(pipeline.Processor, files, Logs.Format(arguments), start, step, troubles.Add, troubles.Add);
    }

    private static async Task CommitAsync(
        ParseResult arguments, CommandPipeline pipeline, List<LogFile> files, Func<ImportPosition, ImportStep?, Importer> newImporter, CancellationToken cancellationToken)
    {
        var target = $"{pipeline.Client.ProjectId}.{pipeline.DatasetId}.{pipeline.Layout.BaseTable}";
        var state = new ImportState(arguments.GetValue(Data)!, files, target);
        var start = arguments.GetValue(Resume) ? state.Read() ?? default : default;
        await pipeline.EnsureTablesAsync(cancellationToken);
        using var importer = newImporter(start, new CommittingStep(pipeline, TimeProvider.System).CommitAsync);
        try
        {
            await new ImportProgress(importer, files.Skip(start.FileIndex)).ShowAsync(importer.RunAsync(cancellationToken), () => state.Write(importer.Position));
            state.Remove();
        }
        catch (RowNotCommittedException e)
        {
            throw new CommandException($"{e.Message} Go on with --resume.", e);
        }
        finally
        {
            ImportReport.Print(arguments.GetValue(Format), importer.Counts);
        }
    }
}
