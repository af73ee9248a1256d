using System.CommandLine;
using PixelPipeline.Cli.Options;
using PixelPipeline.Cli.Producing;
using PixelPipeline.Cli.Targets;
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
    private static readonly Argument<string> Csv = new("FILE") { Description = "RFC 4180 with a header, UTF-8; - for standard input" };
    private static readonly Argument<Uri> Stream = new("URL") { Description = "Such as https://stream.wikimedia.org/v2/stream/recentchange", CustomParser = ReadUrl };
    private static readonly Option<string?> Id = new("--id") { Description = "The column that names a row; unless given, id", HelpName = "COLUMN" };
    private static readonly Option<string[]> Map = FieldMap.Option("--map", "Call a field of the source otherwise, such as vendor_id=user_id; may be repeated", "FIELD=NAME");
    private static readonly Option<string[]> Set = FieldMap.Option("--set", "A field with the same value in every event, such as type=trip; may be repeated", "NAME=VALUE");

    private static readonly Option<string?> Fields = ValueOptions.Must(
        new Option<string?>("--fields") { Description = "Which fields of each event's data, such as timestamp,id,type,wiki; unless given, all", HelpName = "A,B,C" },
        fields => SplitFields(fields).Length > 0,
        "names with commas between them, such as timestamp,id,type,wiki");

    private static readonly Option<int?> MaxEvents = ValueOptions.OptionalNumber("--events", "N", 0, int.MaxValue, "End after so many; unless given, go on until Ctrl-C");
    private static readonly Option<int> Batch = ValueOptions.Number("--batch", "N", 20, 1, 1_000, "Events in one request, where they go to a collector");
    private static readonly Option<ShortTime> Idle = ValueOptions.Duration("--idle", TimeSpan.FromSeconds(60), "A stream that is silent for so long is connected anew");

    public static Command Create()
    {
        var synthetic = new Command("synthetic", "Made-up events: realistic users, types and agents, the same for the same seed") { Events, Users };
        synthetic.SetAction(RunSyntheticAsync);
        var csv = new Command("csv", "One event for each row of a file; through a collector, sending it again changes nothing") { Csv, Id, Map, Set };
        Csv.Validators.Add(CheckFile);
        csv.SetAction(RunCsvAsync);
        var sse = new Command("sse", "The events of a server-sent-events stream, over disconnects, until Ctrl-C") { Stream, Fields, Map, Set, MaxEvents, Batch, Idle };
        sse.SetAction(RunSseAsync);
        var command = new Command("produce", "Send events to a pixel or a collector") { synthetic, csv, sse };
        Common.AddTo(command);
        return command;
    }

    private static async Task<int> RunSyntheticAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var count = arguments.GetValue(Events);
        var events = new SyntheticEvents(Common.Seed(arguments)).Take(count, arguments.GetValue(Users));
        return await RunAsync(arguments, Common.Check(arguments), Batches.OfAsync(events, size: 1), count, cancellationToken);
    }

    private static async Task<int> RunCsvAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var check = Common.Check(arguments);
        using var file = CsvFile.Open(arguments.GetValue(Csv)!);
        var events = CsvEvents.Read(file, ReadMap(arguments), arguments.GetValue(Id), check);
        return await RunAsync(arguments, check, Batches.OfAsync(events, size: 1), count: null, cancellationToken);
    }

    private static async Task<int> RunSseAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var names = SplitFields(arguments.GetValue(Fields));
        var statistics = new ProduceStatistics();
        using var stream = new ServerSentEvents(arguments.GetValue(Stream)!, new JsonFields(names, ReadMap(arguments)), arguments.GetValue(Idle).Time, statistics, FirstPause);
        var events = stream.FollowAsync(cancellationToken).Take(arguments.GetValue(MaxEvents) ?? int.MaxValue);
        var batches = Batches.OfAsync(events, arguments.GetValue(Batch), BatchWait, cancellationToken);
        var producer = await Common.BuildAsync(arguments, Common.Check(arguments), statistics, cancellationToken);
        var end = await producer.RunAsync(batches, CancellationToken.None); // the end of the stream ends it
        var isEarly = end == ProduceEnd.Complete && cancellationToken.IsCancellationRequested && arguments.GetValue(MaxEvents) is not null;
        return await ExitCodeAsync(isEarly ? ProduceEnd.BrokenOff : end, statistics.Read(), arguments.GetValue(MaxEvents));
    }

    private static async Task<int> RunAsync(
        ParseResult arguments, FieldCheck? check, IAsyncEnumerable<IReadOnlyList<ProducedEvent>> batches, int? count, CancellationToken cancellationToken)
    {
        var statistics = new ProduceStatistics();
        var producer = await Common.BuildAsync(arguments, check, statistics, cancellationToken);
        return await ExitCodeAsync(await producer.RunAsync(batches, cancellationToken), statistics.Read(), count);
    }

    /// <param name="end">How it ended.</param>
    /// <param name="report">How far it got.</param>
    /// <param name="count">Of how many events; null where that is not known.</param>
    private static async Task<int> ExitCodeAsync(ProduceEnd end, ProduceReport report, int? count)
    {
        var done = report.Sent + report.Failed;
        if (end == ProduceEnd.BrokenOff && done != count)
        {
            var all = count is { } known ? FormattableString.Invariant($" of {known:N0}") : "";
            await Console.Error.WriteLineAsync(FormattableString.Invariant($"Broken off after {done:N0}{all} events."));
            return CommandLineRunner.BrokenOff;
        }

        return end == ProduceEnd.Complete && report.Failed == 0 ? 0 : 1;
    }

    private static string[] SplitFields(string? fields) =>
        fields?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static FieldMap ReadMap(ParseResult arguments) =>
        new(FieldMap.ReadPairs(arguments.GetValue(Map)!), FieldMap.ReadPairs(arguments.GetValue(Set)!));

    private static void CheckFile(System.CommandLine.Parsing.ArgumentResult result)
    {
        var path = result.Tokens[0].Value;
        if (path != CsvFile.StandardInput && !File.Exists(path))
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
