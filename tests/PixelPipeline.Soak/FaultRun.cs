using System.Diagnostics;
using PixelPipeline.GoogleCloud.BigQuery;
using PixelPipeline.Soak.Checking;
using PixelPipeline.Soak.Delivery;
using PixelPipeline.Soak.Faults;
using PixelPipeline.Soak.Oracle;
using PixelPipeline.Soak.Processes;

namespace PixelPipeline.Soak;

/// <summary>
/// One fault run: events through the real function into the local BigQuery, with faults on both sides of the function,
/// and afterwards every row compared to what the oracle said before.
/// </summary>
internal sealed class FaultRun
{
    private const int EventsForAllFaults = 20_000;

    private readonly FaultRunOptions _options;
    private readonly BuiltFiles _files;
    private readonly Violations _violations = new();
    private readonly FaultCounters _faults = new();
    private readonly PeakMemory _memory = new();
    private readonly RunOracle _oracle;
    private readonly ActionLog _log;

    public FaultRun(FaultRunOptions options, BuiltFiles files)
    {
        _options = options;
        _files = files;
        _oracle = new RunOracle(options.Seed, options.Layout, options.IsCalm);
        _log = new ActionLog(_oracle, options.Events, _violations);
    }

    /// <summary>How many events are acknowledged by now.</summary>
    public int Acknowledged => _log.Acknowledged;

    /// <summary>BigQuery API calls for each event; known when the run is over.</summary>
    public double ApiCallsPerEvent { get; private set; }

    public async Task<Figures> RunAsync(CancellationToken cancellationToken)
    {
        using var folder = new WorkFolder();
        TestSchema.Write(_files.SchemaFile, folder.In("schema.json"));
        await using var bigQuery = new BigQueryProcess(_files, folder.In("data"));
        await bigQuery.StartAsync(cancellationToken);
        using var client = BigQueryEndpoint.CreateClient("local", bigQuery.Port.Host);
        await using var layer = await BigQueryFaultLayer.StartAsync(
            bigQuery.Port.Root, new FaultPlan(_options), _log, _faults, cancellationToken);
        await using var function = new FunctionUnderTest(_files, Settings(folder.In("schema.json"), layer.Port), _violations);
        await function.StartAsync(cancellationToken);

        using var deliveries = new DeliveryFaultLayer(_options.Seed, _options.IsCalm, _options.MaxInFlight, _oracle, function, _log, _faults);
        var start = Stopwatch.GetTimestamp();
        await DeliverAllAsync(deliveries, function, bigQuery, cancellationToken);
        var duration = Stopwatch.GetElapsedTime(start);
        await function.EndAsync(kill: false);

        var check = new TableCheck(_oracle, _log, _violations);
        await check.RunAsync(client, cancellationToken);
        CheckFaults();
        ApiCallsPerEvent = (double)layer.Calls / _options.Events;
        return Report(duration, layer, deliveries, function, check);
    }

    private async Task DeliverAllAsync(DeliveryFaultLayer deliveries, FunctionUnderTest function, BigQueryProcess bigQuery, CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var publisher = new Publisher(_options, deliveries, function, _log, _faults, _violations);
        var disturbances = new Disturbances(_options, function, bigQuery, _log, _faults).RunAsync(done.Token, cancellationToken);
        var sampling = SampleMemoryAsync(function, bigQuery, done.Token);
        var publishing = publisher.RunAsync(cancellationToken);
        if (await Task.WhenAny(publishing, disturbances) == disturbances)
        {
            await disturbances; // a failure to restart something ends the run
        }

        await publishing;
        await done.CancelAsync();
        await EndAsync(disturbances, done.Token);
        await EndAsync(sampling, done.Token);
    }

    // A run that has not had a fault proves nothing about it.
    private void CheckFaults()
    {
        if (_options.IsCalm || _options.Events < EventsForAllFaults)
        {
            return;
        }

        string[][] required =
        [
            .. Enum.GetValues<BigQueryFault>()
                .Where(f => f is not (BigQueryFault.None or BigQueryFault.HangBefore or BigQueryFault.HangAfter))
                .Where(f => f != BigQueryFault.NotFoundYet || !_options.IsPartitioned) // there the only table is made before
                .Select(f => (string[])[$"BigQuery: {f}"]),
            [$"BigQuery: {BigQueryFault.HangBefore}", $"BigQuery: {BigQueryFault.HangAfter}"],
            .. Enum.GetValues<DeliveryFault>().Where(f => f != DeliveryFault.None).Select(f => (string[])[$"Delivery: {f}"]),
        ];
        foreach (var names in required.Where(names => names.All(n => _faults.Of(n) == 0)))
        {
            _violations.Add($"This run has not had the fault \"{string.Join(" or ", names)}\".");
        }
    }

    private static async Task EndAsync(Task task, CancellationToken ended)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // Everything is delivered: it was told to end.
        }
    }

    private async Task SampleMemoryAsync(FunctionUnderTest function, BigQueryProcess bigQuery, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            _memory.Sample("function", function.ProcessId);
            _memory.Sample("BigQuery", bigQuery.ProcessId);
            _memory.Sample("harness", Environment.ProcessId);
        }
    }

    private Dictionary<string, string> Settings(string schemaFile, LoopbackPort bigQuery) => new()
    {
        ["BIGQUERY_EMULATOR_HOST"] = bigQuery.Host,
        ["Pixel__Project"] = "local",
        ["Pixel__SchemaFile"] = schemaFile,
        ["Pixel__Layout"] = _options.Layout,
        ["Pixel__MaxInstances"] = "1",
        ["Pixel__NewTablesPerSecond"] = "20",
    };

    private Figures Report(TimeSpan duration, BigQueryFaultLayer layer, DeliveryFaultLayer deliveries, FunctionUnderTest function, TableCheck check)
    {
        var figures = new Figures { Violations = _violations.First, ViolationCount = _violations.Count }
            .Add("events", _options.Events)
            .Add("seed", _options.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture))
            .Add("layout", _options.Layout)
            .Add("seconds", duration.TotalSeconds, "N0")
            .Add("events per second", _options.Events / duration.TotalSeconds, "N0")
            .Add("deliveries", deliveries.Deliveries)
            .Add("acknowledged events", _log.Acknowledged);
        foreach (var (outcome, count) in check.Outcomes.OrderBy(o => o.Key, StringComparer.Ordinal))
        {
            figures.Add(outcome, count);
        }

        figures.Add("tables", check.Tables)
            .Add("rows", check.Rows)
            .Add("raw duplicates (in their table)", check.RawDuplicates)
            .Add("BigQuery API calls", layer.Calls)
            .Add("API calls per event", ApiCallsPerEvent, "0.0000")
            .Add("rows per insert that took effect", layer.CommittedRows / (double)Math.Max(1, layer.EffectiveInserts), "N1");
        foreach (var (name, count) in _faults.All)
        {
            figures.Add(name, count);
        }

        return figures.Add("lives of the function", function.Lives)
            .Add("totals lines checked", function.TotalsLines)
            .Add("peak memory, function", _memory.Of("function"))
            .Add("peak memory, BigQuery", _memory.Of("BigQuery"))
            .Add("peak memory, harness", _memory.Of("harness"))
            .Add("lost", check.Lost)
            .Add("violations", _violations.Count);
    }
}
