using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using PixelPipeline.Cli.Logs;
using PixelPipeline.Cli.Options;
using PixelPipeline.Cli.Output;
using PixelPipeline.Cli.Replaying;
using PixelPipeline.Cli.Targets;

namespace PixelPipeline.Cli.Commands;

/// <summary><c>pixel replay</c>: the lake's raw entries through today's schema.</summary>
internal static class ReplayCommand
{
    private static readonly PipelineOptions Pipeline = new();
    private static readonly Option<OutputFormat> Format = CommonOptions.Format();
    private static readonly Option<bool> UserTables = new("--user-tables") { Description = "In the layout both: beside the load jobs, stream rows into the tables for each user and day, ten new ones a second" };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only show the difference" };
    private static readonly Option<DateOnly?> From = Day("--from", "The first day (UTC), such as 2026-11-01; unless given, the lake's first");
    private static readonly Option<DateOnly?> To = Day("--to", "The last day (UTC); unless given, the lake's last");

    private static readonly Option<string?> Lake = ValueOptions.Must(
        new Option<string?>("--lake")
        {
            Description = "Where the raw entries are; unless given, the local pipeline's, in --data",
            HelpName = "DIR|gs://BUCKET/PREFIX",
        },
        LakeFiles.IsPlace,
        "a folder that is there, or gs://BUCKET/PREFIX");

    public static Command Create()
    {
        var command = new Command("replay", "Take the lake's raw entries through today's schema; into a fresh table with --base-table");
        Pipeline.AddTo(command);
        foreach (var option in (Option[])[Lake, From, To, DryRun, UserTables, Format])
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (DayIn(result.GetResult(From)) > DayIn(result.GetResult(To)))
            {
                result.AddError($"{From.Name} must not be after {To.Name}.");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var files = await LakeFiles.FindAsync(arguments.GetValue(Lake), Pipeline.DataOf(arguments).Root, cancellationToken);
        using var pipeline = await Pipeline.BuildAsync(arguments, cancellationToken);
        using var troubles = new LogTroubles(path: null);
        var stored = await StoredEventIds.ReadAsync(pipeline, cancellationToken);
        var replay = new LakeReplay(pipeline, files, arguments.GetValue(From) ?? DateOnly.MinValue, arguments.GetValue(To) ?? DateOnly.MaxValue, troubles);
        var difference = await replay.CompareAsync(stored, cancellationToken);
        RecordPrinter.Print(arguments.GetValue(Format), ReplayDifference.Columns, difference.Rows, "No entries of these days.");
        if (!arguments.GetValue(DryRun) && difference.ToWrite > 0)
        {
            await pipeline.EnsureTablesAsync(cancellationToken);
            await WriteAsync(replay, stored, arguments.GetValue(UserTables), cancellationToken);
        }

        troubles.Print();
        return troubles.HasFailedFiles ? 1 : 0;
    }

    private static async Task WriteAsync(LakeReplay replay, StoredEventIds stored, bool userTables, CancellationToken cancellationToken)
    {
        var written = await replay.WriteAsync(stored, userTables, cancellationToken);
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{written:N0} rows written."));
    }

    private static Option<DateOnly?> Day(string name, string description) => ValueOptions.Must(
        new Option<DateOnly?>(name) { Description = description, HelpName = "DATE", CustomParser = DayIn },
        text => Parse(text) is not null,
        "a day such as 2026-11-01");

    private static DateOnly? DayIn(SymbolResult? result) => result?.Tokens is [var token] ? Parse(token.Value) : null;

    private static DateOnly? Parse(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
