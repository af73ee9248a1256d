using System.CommandLine;
using System.CommandLine.Parsing;
using PixelPipeline.Cli.Importing;
using PixelPipeline.Cli.Logs;
using PixelPipeline.Cli.Options;
using PixelPipeline.Cli.Output;
using PixelPipeline.Cli.Targets;
using PixelPipeline.Importing;

namespace PixelPipeline.Cli.Commands;

/// <summary><c>pixel import</c>: access logs into event tables, as if their requests had come in live.</summary>
internal static class ImportCommand
{
    private static readonly LogOptions Logs = new();
    private static readonly PipelineOptions Pipeline = new();
    private static readonly Option<OutputFormat> Format = CommonOptions.Format();
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Show what would become of the lines; writes nothing, needs no BigQuery" };
    private static readonly Option<bool> Stream = new("--stream") { Description = "Stream rows into every table of the layout, in place of load jobs into the table of all events" };
    private static readonly Option<bool> UserTables = new("--user-tables") { Description = "In the layout both: beside the load jobs, stream rows into the tables for each user and day, ten new ones a second" };
    private static readonly Option<bool> Resume = new("--resume") { Description = "Go on where an import of the same files was broken off" };

    private static readonly Option<string?> To = new("--to")
    {
        Description = "Where to: the local BigQuery, or, with --project, Google's; unless given, --project decides",
        HelpName = "local|bigquery",
    };

    static ImportCommand() => ValueOptions.Choose(To, "local", "bigquery");

    public static Command Create()
    {
        var command = new Command("import", "Take access logs in: each line as if its request had come in live");
        Logs.AddTo(command);
        Pipeline.AddTo(command);
        foreach (var option in (Option[])[To, DryRun, Resume, Stream, UserTables, Format])
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
        switch (ValueOptions.TextIn(result, To))
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
        var goesOn = false;
        var counts = new ImportCounts();
        using var pipeline = arguments.GetValue(DryRun) ? await Pipeline.BuildUnaskedAsync(arguments, cancellationToken) : await Pipeline.BuildAsync(arguments, cancellationToken);
        using var troubles = Logs.Troubles(arguments, goesOn: arguments.GetValue(Resume));
        try
        {
            await (arguments.GetValue(DryRun) ? TryAsync() : CommitAsync());
        }
        finally
        {
            troubles.Print();
        }

        if (troubles.HasFailedFiles)
        {
            await Console.Error.WriteLineAsync("Once such a file can be read to its end, import it again by itself: what was taken in of it has the same event ids.");
        }

        if (!goesOn)
        {
            troubles.RequireLines(counts.Lines - counts.BadLines);
        }

        return troubles.HasFailedFiles ? 1 : 0;

        async Task TryAsync()
        {
            using var importer = NewImporter(default, new DryRun());
            await new ImportProgress(importer, files).ShowAsync(importer.RunAsync(cancellationToken));
            Report(importer.Counts);
        }

        async Task CommitAsync()
        {
            var target = $"{pipeline.Client.ProjectId}.{pipeline.DatasetId}.{pipeline.Layout.BaseTable}";
            var state = new ImportState(Pipeline.DataOf(arguments).Root, files, target);
            var start = arguments.GetValue(Resume) ? state.Read() ?? default : default;
            goesOn = start != default;
            await new ImportRun(pipeline, files, state, arguments.GetValue(Stream), arguments.GetValue(UserTables)).RunAsync(start, NewImporter, Report, cancellationToken);
            if (Pipeline.ProjectOf(arguments) is null)
            {
                await pipeline.EnsureViewsAsync(cancellationToken); // Google's are the deployment's
            }
        }

        Importer NewImporter(ImportPosition start, IImportSink sink) =>
            new(pipeline.Processor, files, Logs.Format(arguments), start, sink, troubles.Add, troubles.Add);

        void Report(ImportCounts all)
        {
            counts = all;
            ImportReport.Print(arguments.GetValue(Format), all);
        }
    }
}
