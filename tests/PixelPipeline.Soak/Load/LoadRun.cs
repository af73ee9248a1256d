using System.Diagnostics;
using PixelPipeline.GoogleCloud.BigQuery;
using PixelPipeline.Soak.Checking;
using PixelPipeline.Soak.Processes;

namespace PixelPipeline.Soak.Load;

/// <summary>
/// Load on <c>pixel up</c>, with or without an outage of BigQuery: every hit answered by 200, memory bounded, the backlog
/// gone within a minute, a row for each hit.
/// </summary>
internal sealed class LoadRun(LoadOptions options, BuiltFiles files) : IDisposable
{
    private const long MaxMemory = 1_000_000_000;
    private static readonly TimeSpan DrainGoal = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan DrainPatience = TimeSpan.FromMinutes(5);

    private readonly Violations _violations = new();
    private readonly PeakMemory _memory = new();
    private readonly HashSet<int> _functions = [];
    private HitLoad? _load;

    /// <summary>How many hits have an answer.</summary>
    public int Answered => _load?.Answered ?? 0;

    public async Task<Figures> RunAsync(CancellationToken cancellationToken)
    {
        using var folder = new WorkFolder();
        await using var bigQuery = options.OutageSeconds > 0 ? new BigQueryProcess(files, folder.In("bigquery")) : null;
        await (bigQuery?.StartAsync(cancellationToken) ?? Task.CompletedTask);
        using var up = new PixelUp(files, folder.In("data"), options.Layout, bigQuery?.Port);
        await up.WaitUntilReadyAsync(cancellationToken);
        using var client = BigQueryEndpoint.CreateClient("local", up.BigQuery.Host);
        var stored = new StoredHits(client, options.Hits, options.Layout == "both");
        _load = new HitLoad(options, up.Pixel);

        using var sampling = new CancellationTokenSource();
        var samples = SampleAsync(up, bigQuery, sampling.Token);
        await Task.WhenAll(_load.RunAsync(cancellationToken), OutageAsync(bigQuery, cancellationToken));
        var drained = await DrainAsync(stored, cancellationToken);
        await stored.ReadAsync(cancellationToken);
        await sampling.CancelAsync();
        await samples;
        Check(up, stored, drained);
        await up.StopAsync();
        return Report(stored, drained);
    }

    public void Dispose() => _load?.Dispose();

    private async Task OutageAsync(BigQueryProcess? bigQuery, CancellationToken cancellationToken)
    {
        if (bigQuery is null)
        {
            return;
        }

        await Task.Delay(options.Duration / 6, cancellationToken);
        await bigQuery.StopAsync(kill: false);
        await Task.Delay(TimeSpan.FromSeconds(options.OutageSeconds), cancellationToken);
        await bigQuery.StartAsync(cancellationToken);
    }

    private async Task<TimeSpan> DrainAsync(StoredHits stored, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        while (await stored.CountAsync(cancellationToken) < options.Hits && Stopwatch.GetElapsedTime(start) < DrainPatience)
        {
            await Task.Delay(200, cancellationToken);
        }

        return Stopwatch.GetElapsedTime(start);
    }

    private async Task SampleAsync(PixelUp up, BigQueryProcess? bigQuery, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (!ended.IsCancellationRequested)
        {
            var function = up.FunctionProcessId;
            _memory.Sample("pixel up", up.ProcessId);
            _memory.Sample("function", function);
            _memory.Sample("pixel bigquery", bigQuery?.ProcessId);
            _functions.UnionWith(function is { } id ? [id] : []);
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private void Check(PixelUp up, StoredHits stored, TimeSpan drained)
    {
        Require(!up.HasExited, $"pixel up ended by itself:\n{up.Lines}");
        Require(_load!.Answers.Keys.All(a => a == "200"), $"Not every answer was 200: {string.Join(", ", _load.Answers)}.");
        Require(stored.Missing == 0, $"{stored.Missing} hits are no rows: lost.");
        Require(drained <= DrainGoal, $"The backlog took {drained.TotalSeconds:N0} s.");
        Require(_memory.BytesOf("pixel up") < MaxMemory && _memory.BytesOf("function") < MaxMemory, "A process needed more than 1 GB.");
        Require(options.OutageSeconds > 0 || stored.Rows == options.Hits, $"There are {stored.Rows} rows of {options.Hits} hits.");
    }

    private void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            _violations.Add(otherwise);
        }
    }

    private Figures Report(StoredHits stored, TimeSpan drained)
    {
        var figures = new Figures { Violations = _violations.First, ViolationCount = _violations.Count }
            .Add("layout", options.Layout)
            .Add("hits per second", options.HitsPerSecond)
            .Add("seconds", options.Seconds)
            .Add("seconds without BigQuery", options.OutageSeconds)
            .Add("hits", options.Hits);
        foreach (var (answer, count) in _load!.Answers)
        {
            figures.Add($"answered {answer}", count);
        }

        figures.Add("answer, median (ms)", _load.Percentile(0.5).TotalMilliseconds, "N1")
            .Add("answer, 99th percentile (ms)", _load.Percentile(0.99).TotalMilliseconds, "N0")
            .Add("backlog gone after (s)", drained.TotalSeconds, "N1")
            .Add("rows", stored.Rows)
            .Add("raw duplicates", stored.Rows - (options.Hits - stored.Missing))
            .Add("peak memory, pixel up", _memory.Of("pixel up"))
            .Add("peak memory, function", _memory.Of("function"));
        return (options.OutageSeconds > 0 ? figures.Add("peak memory, pixel bigquery", _memory.Of("pixel bigquery")) : figures)
            .Add("starts of the function", _functions.Count)
            .Add("lost", stored.Missing)
            .Add("violations", _violations.Count);
    }
}
