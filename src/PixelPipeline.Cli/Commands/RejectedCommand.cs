using System.CommandLine;
using PixelPipeline.Cli.Options;
using PixelPipeline.Cli.Output;
using PixelPipeline.Cli.Rejected;
using PixelPipeline.Cli.Targets;
using PixelPipeline.Writing;

namespace PixelPipeline.Cli.Commands;

/// <summary><c>pixel rejected</c>: entries that could not become events, and another try with today's schema.</summary>
internal static class RejectedCommand
{
    private const int MaxShown = 100; // characters of a URL

    private static readonly PipelineOptions Pipeline = new();
    private static readonly Option<OutputFormat> Format = CommonOptions.Format();
    private static readonly Option<int> Limit = CommonOptions.Limit(100, "Show at most so many");
    private static readonly Option<bool> Replay = new("--replay") { Description = "Run them through today's schema again and write those that are events now" };

    private static readonly Option<string?> Reason = new("--reason")
    {
        Description = "Only those rejected for this reason: " + string.Join(", ", Labels()),
        HelpName = "REASON",
    };

    public static Command Create()
    {
        ValueOptions.Choose(Reason, Labels());
        var command = new Command("rejected", "List rejected entries that are not resolved, or replay them") { Reason, Replay, Limit, Format };
        Pipeline.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static string[] Labels() => Array.ConvertAll(Enum.GetValues<RejectedReason>(), r => r.ToLabel());

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var pipeline = await Pipeline.BuildAsync(arguments, cancellationToken);
        var table = new RejectedTable(pipeline.Client, pipeline.DatasetId, pipeline.Layout.RejectedTable.Id);
        var unresolved = table.UnresolvedAsync(arguments.GetValue(Reason), cancellationToken);
        if (arguments.GetValue(Replay))
        {
            await ReplayAsync(pipeline, unresolved, arguments.GetValue(Format), cancellationToken);
        }
        else
        {
            await ListAsync(unresolved, arguments.GetValue(Limit), arguments.GetValue(Format), cancellationToken);
        }

        return 0;
    }

    private static async Task ReplayAsync(CommandPipeline pipeline, IAsyncEnumerable<RejectedEntry> unresolved, OutputFormat format, CancellationToken cancellationToken)
    {
        await pipeline.EnsureTablesAsync(cancellationToken);
        var (written, left) = await new RejectionReplay(pipeline, TimeProvider.System).RunAsync(unresolved, cancellationToken);
        PrintReplayed(format, written, left);
    }

    private static void PrintReplayed(OutputFormat format, int written, int left)
    {
        if (format == OutputFormat.Table)
        {
            Console.WriteLine($"{written + left:N0} replayed: {written:N0} are events now, {left:N0} are still rejected.");
        }
        else
        {
            RecordPrinter.Print(format, ["replayed", "events", "rejected"], [[written + left, written, left]], "");
        }
    }

    private static async Task ListAsync(IAsyncEnumerable<RejectedEntry> unresolved, int limit, OutputFormat format, CancellationToken cancellationToken)
    {
        var rows = new List<object?[]>();
        var more = 0;
        await foreach (var entry in unresolved.WithCancellation(cancellationToken))
        {
            if (rows.Count < limit)
            {
                rows.Add([entry.Time, entry.EventId, entry.Reason, entry.Column, entry.Message, .. Request(entry, format)]);
            }
            else
            {
                more++;
            }
        }

        RecordPrinter.Print(format, ["rejected_time", "event_id", "reason", "column", "message", "url", "referer", .. format == OutputFormat.Table ? (string[])[] : ["entry"]], rows, "Nothing is rejected, or what was is resolved.");
        if (more > 0)
        {
            await Console.Error.WriteLineAsync($"{more:N0} more; raise --limit to see them.");
        }
    }

    // For people short, for machines whole, with the entry: as JSON where it is, else as its bytes.
    private static object?[] Request(RejectedEntry entry, OutputFormat format)
    {
        var json = entry.ReadJson();
        var (url, referer) = RejectedEntry.RequestIn(json);
        return format == OutputFormat.Table
            ? [Shorten(url), Shorten(referer)]
            : [url, referer, json is { } read ? read : entry.Entry];
    }

    private static string? Shorten(string? text) => text is null ? null : TerminalText.OneLine(text, MaxShown);
}
