using System.CommandLine;
using PixelPipeline.Cli.Producing;
using PixelPipeline.Cli.Urls;

namespace PixelPipeline.Cli.Commands;

/// <summary><c>pixel produce</c>: traffic for a pixel or a collector.</summary>
internal static class ProduceCommand
{
    private static readonly TimeSpan BatchWait = TimeSpan.FromSeconds(1);

    private static readonly ProduceOptions Common = new();
    private static readonly Option<int> Events = ValueOptions.Number("--events", "N", 200, 1, 100_000_000, "How many");
    private static readonly Option<int> Users = ValueOptions.Number("--users", "N", 20, 1, 1_000_000, "Of how many users");
    private static readonly Argument<FileInfo> CsvFile = new Argument<FileInfo>("FILE") { Description = "RFC 4180 with a header" }.AcceptExistingOnly();
    private static readonly Argument<Uri> Stream = new("URL") { Description = "Such as https://stream.wikimedia.org/v2/stream/recentchange", CustomParser = ReadUrl };
    private static readonly Option<string?> Id = new("--id") { Description = "The column that names a row; unless given, id", HelpName = "COLUMN" };
    private static readonly Option<string[]> Map = new("--map") { Description = "Call a field of the source otherwise, such as vendor_id=user_id; may be repeated", HelpName = "FIELD=NAME", DefaultValueFactory = _ => [] };
    private static readonly Option<string[]> Set = new("--set") { Description = "A field with the same value in every event, such as type=trip; may be repeated", HelpName = "NAME=VALUE", DefaultValueFactory = _ => [] };
    private static readonly Option<string?> Fields = new("--fields") { Description = "Which fields of each event's data, such as timestamp,id,type,wiki; unless given, all", HelpName = "A,B,C" };
    private static readonly Option<int?> MaxEvents = ValueOptions.OptionalNumber("--events", "N", 0, int.MaxValue, "End after so many; unless given, go on until Ctrl-C");
    private static readonly Option<int> Batch = ValueOptions.Number("--batch", "N", 20, 1, 1_000, "Events in one request, where they go to a collector");
    private static readonly Option<ShortTime> Idle = ValueOptions.Duration("--idle", TimeSpan.FromSeconds(60), "A stream that is silent for so long is connected anew");

    public static Command Create()
    {
        var synthetic = new Command("synthetic", "Made-up events: realistic users, types and agents, the same for the same seed") { Events, Users };
        synthetic.SetAction(RunSyntheticAsync);
        var csv = new Command("csv", "One event for each row of a file; through a collector, sending it again changes nothing") { CsvFile, Id, Map, Set };
        csv.SetAction(RunCsvAsync);
        var sse = new Command("sse", "The events of a server-sent-events stream, over disconnects, until Ctrl-C") { Stream, Fields, Map, Set, MaxEvents, Batch, Idle };
        sse.SetAction(RunSseAsync);
        var command = new Command("produce", "Send events to a pixel or a collector") { synthetic, csv, sse };
        Common.AddTo(command);
        return command;
    }

    private static async Task<int> RunSyntheticAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var events = new SyntheticEvents(Common.Seed(arguments)).Take(arguments.GetValue(Events), arguments.GetValue(Users));
        return await RunAsync(arguments, new ProduceStatistics(), Batches.OfAsync(events, size: 1), cancellationToken);
    }

    private static async Task<int> RunCsvAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var events = CsvEvents.Read(arguments.GetValue(CsvFile)!.FullName, ReadMap(arguments), arguments.GetValue(Id));
        return await RunAsync(arguments, new ProduceStatistics(), Batches.OfAsync(events, size: 1), cancellationToken);
    }

    private static async Task<int> RunSseAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var names = arguments.GetValue(Fields)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        var statistics = new ProduceStatistics();
        using var stream = new ServerSentEvents(arguments.GetValue(Stream)!, new JsonFields(names, ReadMap(arguments)), arguments.GetValue(Idle).Time, statistics);
        var events = stream.FollowAsync(cancellationToken).Take(arguments.GetValue(MaxEvents) ?? int.MaxValue);
        return await RunAsync(arguments, statistics, Batches.OfAsync(events, arguments.GetValue(Batch), BatchWait, cancellationToken), CancellationToken.None);
    }

    private static async Task<int> RunAsync(
        ParseResult arguments, ProduceStatistics statistics, IAsyncEnumerable<IReadOnlyList<ProducedEvent>> batches, CancellationToken cancellationToken) =>
        await Common.Build(arguments, statistics).RunAsync(batches, cancellationToken) ? 0 : 1;

    private static FieldMap ReadMap(ParseResult arguments) =>
        new(FieldMap.ReadPairs(Map.Name, arguments.GetValue(Map)!), FieldMap.ReadPairs(Set.Name, arguments.GetValue(Set)!));

    private static Uri? ReadUrl(System.CommandLine.Parsing.ArgumentResult result)
    {
        if (HttpUrl.TryRead(result.Tokens[0].Value, out var url))
        {
            return url;
        }

        result.AddError("URL must be an http or https URL.");
        return null;
    }
}
