using System.CommandLine;
using System.Globalization;
using PixelPipeline.Cli.Migrating;
using PixelPipeline.Cli.Options;
using PixelPipeline.Cli.Output;
using PixelPipeline.Cli.Targets;
using PixelPipeline.Tables;

namespace PixelPipeline.Cli.Commands;

/// <summary><c>pixel migrate</c>: from tables for each user and day to the layout both.</summary>
internal static class MigrateCommand
{
    private static readonly PipelineOptions Pipeline = new();
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only count what would be copied" };
    private static readonly Option<OutputFormat> Format = CommonOptions.Format();

    public static Command Create()
    {
        var command = new Command("migrate", "Give tables for each user and day a table of all events (the layout both); deletes nothing, and may be run again at any time")
        {
            DryRun, Format,
        };
        Pipeline.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var there = await Pipeline.BuildAsync(arguments, cancellationToken);
        if (await there.Inventory.FindLayoutAsync(cancellationToken) is not { } record || record.Layout == LayoutName.Partitioned)
        {
            throw new CommandException(
                $"There are no tables for each user and day of {there.DatasetId}.{there.Layout.BaseTable}. From the layout partitioned, start with another --base-table and replay the lake into it.");
        }

        var isDry = arguments.GetValue(DryRun);
        using var pipeline = Pipeline.Build(arguments, LayoutName.Both, record.Suffix);
        var (read, copied) = await new AllEventsFill(pipeline).RunAsync(isDry, cancellationToken);
        RecordPrinter.Print(arguments.GetValue(Format), ["rows_read", isDry ? "to_copy" : "copied"], [[read, copied]], "");
        if (!isDry && record.Layout != LayoutName.Both)
        {
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"The layout is both now. Start the function again (./pixel up; deploy/up.sh), then run this once more: it brings over what came in between."));
        }

        return 0;
    }
}
