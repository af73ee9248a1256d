using System.Globalization;

namespace PixelPipeline.Benchmarks.Events;

/// <summary>What an event costs where one thing is more or less than usual: it should hardly matter.</summary>
internal static class FlatnessBenchmark
{
    private const int Kilobyte = 1_024;

    public static async Task RunAsync(EventsBenchmark.Options usual, string assembly, ServerKinds kinds, CancellationToken cancellationToken)
    {
        List<(string Name, EventsBenchmark.Options Options)> cases =
        [
            .. new[] { 1, 10, 100, 1_000 }.Select(n => (Text($"{n:N0} at once"), usual with { Connections = n })),
            .. new[] { 1, 100, 10_000 }.Select(n => (Text($"{n:N0} users, layout template"), usual with { Users = n, Layout = "template" })),
            .. new[] { 1, 16, 256 }.Select(n => (Text($"entries of {n} KB"), usual with { EntryBytes = n * Kilobyte, Events = usual.Events / (n < 256 ? 1 : 10) })),
        ];
        var results = new List<(string Name, double Microseconds, double Calls, long Peak)>();
        foreach (var (name, options) in cases)
        {
            using var server = await kinds.FunctionAsync(name, assembly, options.Layout, cancellationToken);
            var turns = new EventsBenchmark.Turns(server, new PushedEntry(options.Users, options.EntryBytes));
            await turns.WarmUpAsync(options);
            await turns.MeasureAsync(options, kinds, cancellationToken);
            results.Add((name, turns.Median, turns.CallsPerEvent, server.PeakBytes));
        }

        var most = results.Max(r => r.Microseconds);
        Console.WriteLine();
        ResultTable.Print(["case", "CPU of an event, µs", "", "API calls an event", "peak memory, MB"], results.Select(r => new[]
        {
            r.Name, EventsBenchmark.Format(r.Microseconds), new string('█', (int)Math.Ceiling(r.Microseconds / most * 30)),
            EventsBenchmark.Format(r.Calls, "0.000"), EventsBenchmark.Format(r.Peak / 1e6, "0"),
        }));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
