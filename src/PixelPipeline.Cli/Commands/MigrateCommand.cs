using System.CommandLine;
using PixelPipeline.Cli.Migrating;
using PixelPipeline.Cli.Options;
using PixelPipeline.Cli.Output;
using PixelPipeline.Cli.Targets;
using PixelPipeline.Settings;
using PixelPipeline.Tables;

namespace PixelPipeline.Cli.Commands;

/// <summary><c>pixel migrate</c>: from one table layout to another.</summary>
internal static class MigrateCommand
{
    private static readonly PipelineOptions Pipeline = new();
    private static readonly Option<string> To = new("--to") { Description = "The layout to go to; to template or partitioned from both alone", DefaultValueFactory = _ => "both" };
    private static readonly Option<bool> Drop = new("--drop") { Description = "Delete the tables that the new layout does not have, once their events are kept in its own and nothing comes any more" };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only count what would be copied" };
    private static readonly Option<OutputFormat> Format = CommonOptions.Format();

    public static Command Create()
    {
        ValueOptions.Choose(To, "both", "template", "partitioned");
        var command = new Command("migrate", "Take events to another table layout; deletes nothing without --drop, and may be broken off and run again at any time")
        {
            To, Drop, DryRun, Format,
        };
        Pipeline.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var there = await Pipeline.BuildAsync(arguments, cancellationToken);
        var record = await there.Inventory.FindLayoutAsync(cancellationToken);
        var (to, isDry, drops) = (PipelineSetting.Layout.Read(arguments.GetValue(To)!), arguments.GetValue(DryRun), arguments.GetValue(Drop));
        using var pipeline = Pipeline.Build(arguments, to, record?.Suffix);
        var rows = await new Migration(pipeline, record, drops).RunAsync(isDry, cancellationToken);
        RecordPrinter.Print(arguments.GetValue(Format), ["rows_read", isDry ? "to_copy" : "copied", "bytes"], [[rows.Read, rows.Copied, rows.Bytes]], "");
        if (!isDry && record?.Layout != to)
        {
            await Console.Error.WriteLineAsync(Next(to, isDone: record?.Layout != LayoutName.Partitioned || drops));
        }

        return 0;
    }

    private static string Next(LayoutName to, bool isDone)
    {
        var name = to.ToString().ToLowerInvariant();
        return isDone
            ? $"The layout is {name} now. Start the function again (./pixel up; deploy/up.sh), then run this once more: it brings over what came in between."
            : "The base table is partitioned and goes on as the one table until it is made anew, as the template of the others: stop what writes, and run this once more with --drop.";
    }
}
