using System.CommandLine;
using System.Globalization;
using PixelPipeline.Soak.Processes;

namespace PixelPipeline.Benchmarks.Events;

/// <summary>
/// <c>events</c>, which <c>./pixel bench</c> runs: the processor time that an event costs the function, beside Kestrel
/// alone and a function that does nothing. All take turns in one run, so that whatever else the machine does hits all.
/// </summary>
internal static class EventsBenchmark
{
    private const int Repetitions = 3;
    private const int Starts = 3;

    private static readonly Option<int> Events = new("--events") { Description = "Events of each measurement, after half as many to warm up", DefaultValueFactory = _ => 30_000 };
    private static readonly Option<int> Connections = new("--connections") { Description = "Events under way at once", DefaultValueFactory = _ => 64 };
    private static readonly Option<int> Users = new("--users") { Description = "Users that events come from", DefaultValueFactory = _ => 20 };
    private static readonly Option<int> EntryBytes = new("--entry-bytes") { Description = "Size of an entry; 0 for that of a usual one", DefaultValueFactory = _ => 0 };
    private static readonly Option<string> Layout = new("--layout") { Description = "The function's table layout", DefaultValueFactory = _ => "partitioned" };
    private static readonly Option<string?> Build = new("--build") { Description = "A folder with the function's build; unless given, that of the checkout" };
    private static readonly Option<string?> Beside = new("--beside") { Description = "A folder with another build of the function, to be measured in turn" };
    private static readonly Option<bool> Flat = new("--flat") { Description = "Measure also more and less at once, more users and larger entries" };

    public static Command Create()
    {
        var command = new Command("events", "Processor time, memory and API calls for each event, beside Kestrel and a function that does nothing")
        {
            Events, Connections, Users, EntryBytes, Layout, Build, Beside, Flat,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var options = new Options(
            arguments.GetValue(Events), arguments.GetValue(Connections), arguments.GetValue(Users), arguments.GetValue(EntryBytes), arguments.GetValue(Layout)!);
        var ours = arguments.GetValue(Build) is { } build ? Assembly(build) : BuiltFiles.OfCheckout().Function;
        var bigQuery = LoopbackPort.Take();
        using var immediate = await ServerKinds.BigQueryAsync(bigQuery, cancellationToken);
        var kinds = new ServerKinds(bigQuery);
        List<Func<Task<MeasuredServer>>> starts =
        [
            () => ServerKinds.BareAsync(cancellationToken),
            () => ServerKinds.EmptyAsync(cancellationToken),
            () => kinds.FunctionAsync("ours", ours, options.Layout, cancellationToken),
        ];
        if (arguments.GetValue(Beside) is { } other)
        {
            starts.Add(() => kinds.FunctionAsync("ours, the other build", Assembly(other), options.Layout, cancellationToken));
        }

        await CompareAsync(options, starts, kinds, cancellationToken);
        await CompareStartsAsync(options, starts);
        if (arguments.GetValue(Flat))
        {
            await FlatnessBenchmark.RunAsync(options, ours, kinds, cancellationToken);
        }

        return 0;
    }

    private static async Task CompareAsync(Options options, List<Func<Task<MeasuredServer>>> starts, ServerKinds kinds, CancellationToken cancellationToken)
    {
        var servers = new List<Turns>();
        try
        {
            foreach (var start in starts)
            {
                servers.Add(new Turns(await start(), options.Entries));
            }

            foreach (var server in servers)
            {
                await server.WarmUpAsync(options);
            }

            for (var repetition = 0; repetition < Repetitions; repetition++)
            {
                foreach (var server in servers)
                {
                    await server.MeasureAsync(options, kinds, cancellationToken);
                }
            }

            Console.WriteLine($"\n{options}; median of {Repetitions} (least to most); load average {LoadAverage()}\n");
            var bare = servers[0].Median;
            ResultTable.Print(["server", "CPU of an event, µs", "times bare Kestrel", "API calls an event", "peak memory, MB"], servers.Select(s => new[]
            {
                s.Server.Name, $"{Format(s.Median)} ({Format(s.Microseconds.Min())} to {Format(s.Microseconds.Max())})", Format(s.Median / bare),
                Format(s.CallsPerEvent, "0.000"), Format(s.Server.PeakBytes / 1e6, "0"),
            }));
        }
        finally
        {
            servers.ForEach(s => s.Server.Dispose());
        }
    }

    private static async Task CompareStartsAsync(Options options, List<Func<Task<MeasuredServer>>> starts)
    {
        var seconds = starts.ConvertAll(_ => new List<double>());
        var names = new string[starts.Count];
        for (var repetition = 0; repetition < Starts; repetition++)
        {
            for (var i = 0; i < starts.Count; i++)
            {
                using var server = await starts[i]();
                await new PushLoad(server.Port, options.Entries).SendAsync(1, connections: 1);
                seconds[i].Add(server.ProcessorTime.TotalMilliseconds);
                names[i] = server.Name;
            }
        }

        Console.WriteLine();
        ResultTable.Print(["server", "CPU from start to first answered event, ms"], seconds.Select((s, i) => new[] { names[i], $"{Format(Median(s), "0")} ({Format(s.Min(), "0")} to {Format(s.Max(), "0")})" }));
    }

    /// <summary>The middle one.</summary>
    public static double Median(IReadOnlyCollection<double> figures) => figures.Order().ElementAt(figures.Count / 2);

    /// <summary>A figure as the tables have it.</summary>
    public static string Format(double figure, string format = "0.0") => figure.ToString(format, CultureInfo.InvariantCulture);

    private static string LoadAverage() => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]);

    private static string Assembly(string folder) => Path.Combine(Path.GetFullPath(folder), "PixelPipeline.Functions.dll");

    /// <summary>What a run sends.</summary>
    internal sealed record Options(int Events, int Connections, int Users, int EntryBytes, string Layout)
    {
        public PushedEntry Entries { get; } = new(Users, EntryBytes);

        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"{Events:N0} events, {Connections:N0} at once, {Users:N0} users, layout {Layout}{(EntryBytes == 0 ? "" : $", entries of {EntryBytes:N0} bytes")}");
    }

    /// <summary>One server's measurements.</summary>
    internal sealed class Turns(MeasuredServer server, PushedEntry entries)
    {
        private readonly PushLoad _load = new(server.Port, entries);
        private long _calls;
        private long _events;

        public MeasuredServer Server => server;

        public List<double> Microseconds { get; } = [];

        public double Median => EventsBenchmark.Median(Microseconds);

        public double CallsPerEvent => (double)_calls / _events;

        /// <summary>Half of a measurement, and at least one event of each user.</summary>
        public Task WarmUpAsync(Options options) => _load.SendAsync(Math.Max(options.Events / 2, options.Users), options.Connections);

        public async Task MeasureAsync(Options options, ServerKinds kinds, CancellationToken cancellationToken)
        {
            var calls = await kinds.CallsAsync(cancellationToken);
            var before = server.ProcessorTime;
            await _load.SendAsync(options.Events, options.Connections);
            Microseconds.Add((server.ProcessorTime - before).TotalMicroseconds / options.Events);
            _calls += await kinds.CallsAsync(cancellationToken) - calls;
            _events += options.Events;
        }
    }
}
