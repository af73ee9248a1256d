using System.CommandLine;
using PixelPipeline.Cli.Options;
using PixelPipeline.Cli.Producing;
using PixelPipeline.Cli.Urls;

namespace PixelPipeline.Cli.Commands;

/// <summary><c>pixel produce</c>: traffic for a pixel or a collector.</summary>
internal static class ProduceCommand
{
    private static readonly TimeSpan BatchWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(3);

    private static readonly ProduceOptions Common = new();
    private static readonly Option<int> Events = ValueOptions.Number("--events", "N", 200, 1, 100_000_000, "How many");
    private static readonly Option<int> Users = ValueOptions.Number("--users", "N", 20, 1, 1_000_000, "Of how many users");
    private static readonly Argument<string> CsvFile = new("FILE") { Description = "RFC 4180 with a header" };
    private static readonly Argument<Uri> Stream = new("URL") { Description = "Such as https://stream.wikimedia.org/v2/stream/recentchange", CustomParser = ReadUrl };
    private static readonly Option<string?> Id = new("--id") { Description = "The column that names a row; unless given, id", HelpName = "COLUMN" };
    private static readonly Option<string[]> Map = FieldMap.Option("--map", "Call a field of the source otherwise, such as vendor_id=user_id; may be repeated", "FIELD=NAME");
    private static readonly Option<string[]> Set = FieldMap.Option("--set", "A field with the same value in every event, such as type=trip; may be repeated", "NAME=VALUE");
    private static readonly Option<string?> Fields = new("--fields") { Description = "Which fields of each event's data, such as timestamp,id,type,wiki; unless given, all", HelpName = "A,B,C" };
    private static readonly Option<int?> MaxEvents = ValueOptions.OptionalNumber("--events", "N", 0, int.MaxValue, "End after so many; unless given, go on until Ctrl-C");
    private static readonly Option<int> Batch = ValueOptions.Number("--batch", "N", 20, 1, 1_000, "Events in one request, where they go to a collector");
    private static readonly Option<ShortTime> Idle = ValueOptions.Duration("--idle", TimeSpan.FromSeconds(60), "A stream that is silent for so long is connected anew");

    public static Command Create()
    {
        var synthetic = new Command("synthetic", "Made-up events: realistic users, types and agents, the same for the same seed") { Events, Users };
        synthetic.SetAction(RunSyntheticAsync);
        var csv = new Command("csv", "One event for each row of a file; through a collector, sending it again changes nothing") { CsvFile, Id, Map, Set };
        CsvFile.Validators.Add(CheckFile);
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
        var events = CsvEvents.Read(arguments.GetValue(CsvFile)!, ReadMap(arguments), arguments.GetValue(Id));
        return await RunAsync(arguments, new ProduceStatistics(), Batches.OfAsync(events, size: 1), cancellationToken);
    }

    private static async Task<int> RunSseAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var names = arguments.GetValue(Fields)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        var statistics = new ProduceStatistics();
        using var stream = new ServerSentEvents(arguments.GetValue(Stream)!, new JsonFields(names, ReadMap(arguments)), arguments.GetValue(Idle).Time, statistics, FirstPause);
        var events = stream.FollowAsync(cancellationToken).Take(arguments.GetValue(MaxEvents) ?? int.MaxValue);
        var batches = Batches.OfAsync(events, arguments.GetValue(Batch), BatchWait, cancellationToken);
        var producer = await Common.BuildAsync(arguments, statistics, cancellationToken);
        return await producer.RunAsync(batches, CancellationToken.None) ? 0 : 1; // the end of the stream ends it
    }

    private static async Task<int> RunAsync(
        ParseResult arguments, ProduceStatistics statistics, IAsyncEnumerable<IReadOnlyList<ProducedEvent>> batches, CancellationToken cancellationToken) =>
        await (await Common.BuildAsync(arguments, statistics, cancellationToken)).RunAsync(batches, cancellationToken) ? 0 : 1;

    private static FieldMap ReadMap(ParseResult arguments) =>
        new(FieldMap.ReadPairs(arguments.GetValue(Map)!), FieldMap.ReadPairs(arguments.GetValue(Set)!));

    private static void CheckFile(System.CommandLine.Parsing.ArgumentResult result)
    {
        var path = result.Tokens[0].Value;
        if (!File.Exists(path))
        {
            result.AddError($"FILE {path} is {(Directory.Exists(path) ? "a folder: name a CSV file" : "not there")}.");
        }
    }

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
