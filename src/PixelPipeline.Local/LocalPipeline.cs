using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using PixelPipeline.GoogleCloud.BigQuery;
using PixelPipeline.JavaScript;
using PixelPipeline.Local.AccessLog;
using PixelPipeline.Local.Direct;
using PixelPipeline.Local.FunctionHost;
using PixelPipeline.Local.LoadBalancer;
using PixelPipeline.Local.PubSub;
using PixelPipeline.Local.PubSub.Emulator;
using PixelPipeline.Local.Storage;
using PixelPipeline.LocalBigQuery;
using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace PixelPipeline.Local;

/// <summary>
/// The whole pipeline on one machine: BigQuery, the function and the collector, the delivery and the load balancer,
/// started in that order, so that the pixel is served only once a hit can become a row; stopped in the other.
/// </summary>
public sealed class LocalPipeline : IAsyncDisposable
{
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PushesEnd = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FunctionEnds = TimeSpan.FromSeconds(2);

    // What a transform throws for once it throws for always: the least that Pub/Sub takes.
    private const int DirectAttempts = 5;

    private readonly ConcurrentStack<IAsyncDisposable> _parts = new(); // the functions start side by side
    private LocalPipelineOptions _options;
    private readonly ILoggerFactory _logs;
    private readonly DataFolderLock _dataLock;
    private readonly DroppedEntries _dropped;
    private BigQueryServer? _bigQuery;
    private FunctionProcess? _function;
    private FunctionProcess? _collector;
    private LogDrop? _logDrop;
    private IEntryDelivery? _delivery;
    private LoadBalancerServer? _loadBalancer;

    private LocalPipeline(LocalPipelineOptions options, ILoggerFactory logs)
    {
        _options = options;
        _logs = logs;
        _dataLock = options.Data.Lock();
        _dropped = new DroppedEntries(options.Data, TimeProvider.System, logs);
    }

    /// <summary>The pixel's address without a query.</summary>
    public Uri PixelUrl => _loadBalancer!.PixelUrl;

    /// <summary>Where events are posted to: <c>http://localhost:8080/collect</c>.</summary>
    public Uri CollectUrl => new(PixelUrl, CollectorBackend.Path);

    /// <summary>Where BigQuery is, <c>HOST:PORT</c>.</summary>
    public string BigQueryHost => _options.BigQueryHost ?? string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_bigQuery!.Port}");

    /// <summary>Ends when the pipeline was stopped; fails when it cannot go on.</summary>
    public Task Completion => _logDrop is null ? _delivery!.Completion : Task.WhenAny(_delivery!.Completion, _logDrop.Completion).Unwrap();

    /// <summary>Starts all parts and waits until each is ready. Where one cannot start, those before it are stopped.</summary>
    /// <param name="options">What it is made of.</param>
    /// <param name="logs">Where troubles are told.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="StartFailedException">Data folder or log drop cannot be used, or the function ended instead of serving.</exception>
    /// <exception cref="Loopback.PortUnavailableException">A port is in use.</exception>
    /// <exception cref="PubSubEmulatorException">The Pub/Sub emulator is not there, or refuses.</exception>
    public static async Task<LocalPipeline> StartAsync(LocalPipelineOptions options, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        var pipeline = new LocalPipeline(options, logs);
        try
        {
            await pipeline.StartPartsAsync(cancellationToken);
            return pipeline;
        }
        catch
        {
            await pipeline.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Takes no new hit, delivers what is logged as far as that goes in five seconds, and ends all parts. What is not
    /// delivered by then is kept and delivered by the next run.
    /// </summary>
    public async Task StopAsync()
    {
        var logDrop = _logDrop?.StopAsync() ?? Task.CompletedTask; // it waits for nothing of the others
        await _loadBalancer!.StopAsync(CancellationToken.None);
        await DrainAsync();
        await WithinAsync(PushesEnd, _delivery!.StopAsync);
        await WithinAsync(FunctionEnds, deadline => Task.WhenAll(_function?.StopAsync(deadline) ?? Task.CompletedTask, _collector!.StopAsync(deadline)));
        await logDrop;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
        {
            await part.DisposeAsync();
        }

        _dataLock.Dispose();
    }

    private async Task StartPartsAsync(CancellationToken cancellationToken)
    {
        if (_options.BigQueryHost is null)
        {
            var bigQuery = new BigQueryServerOptions { Port = _options.BigQueryPort, DatabasePath = _options.Data.BigQueryFile, ProjectId = _options.ProjectId };
            _bigQuery = Add(await BigQueryServer.StartAsync(bigQuery, _logs, cancellationToken));
        }

        VisitorSecretFile.Ensure(_options.Data);
        _options = _options with { Settings = VisitorSecretFile.Settle(_options.Data, _options.Settings) };
        await SettleLayoutAsync(cancellationToken);
        var accessLog = Add(AccessLogWriter.Open(_options.Data, new AccessLogOptions(), TimeProvider.System, _logs));
        var subscription = SubscriptionOptions();
        var topic = Add(await TopicServer.StartAsync(port: 0, subscription.TopicName, accessLog, _logs, cancellationToken));
        var collector = LocalCollector.ProcessOptions(_options, subscription.TopicName, topic.Port);
        await Task.WhenAll(
            _options.Transform is { } transform ? StartDirectAsync(transform, cancellationToken) : StartFunctionAsync(FunctionOptions(), started => _function = started, cancellationToken),
            StartFunctionAsync(collector, started => _collector = started, cancellationToken),
            StartLogDropAsync(cancellationToken));
        _delivery = Add(await StartDeliveryAsync(subscription, accessLog, cancellationToken));
        Add(new ViewUpkeep(BigQueryHost, _options, _logs));
        var backend = Add(new CollectorBackend(collector.Port));
        var loadBalancer = new LoadBalancerOptions { Port = _options.Port, ProjectId = _options.ProjectId, PixelPath = _options.PixelPath };
        _loadBalancer = Add(await LoadBalancerServer.StartAsync(loadBalancer, accessLog, TimeProvider.System, _logs, MapParts(backend), cancellationToken));
    }

    private Action<WebApplication> MapParts(CollectorBackend backend)
    {
        var pages = _options.Pages is { } make ? Add(make(BigQueryHost)) : null;
        return app =>
        {
            backend.Map(app);
            pages?.Map(app);
        };
    }

    // What the tables that there are say goes before a default, so that a dataset of before runs on as it is.
    private async Task SettleLayoutAsync(CancellationToken cancellationToken)
    {
        using var client = BigQueryEndpoint.CreateClient(_options.ProjectId, BigQueryHost);
        var record = await new TableInventory(client, _options.DatasetId, _options.Layout.BaseTable).FindLayoutAsync(cancellationToken);
        _options = _options with { Settings = LayoutChoice.Settle(_options.Settings, record) };
        if (record is { IsWritten: false, Layout: LayoutName.Template })
        {
            _logs.CreateLogger("Tables").LogWarning("The tables have the layout {Layout}, as before, and keep it. Answers over more than 1,000 tables need the layout both: pixel migrate", record);
        }
    }

    private async Task<IEntryDelivery> StartDeliveryAsync(PushSubscriptionOptions subscription, AccessLogWriter accessLog, CancellationToken cancellationToken) =>
        _options.PubSubEmulator is { } emulator
            ? await EmulatorSink.StartAsync(emulator, subscription, _options.Data, accessLog, TimeProvider.System, _logs, cancellationToken)
            : PushSubscription.Start(subscription, _options.Data, accessLog, TimeProvider.System, _logs);

    private PushSubscriptionOptions SubscriptionOptions() => new()
    {
        Endpoint = new Uri($"http://127.0.0.1:{_options.FunctionPort}/"),
        ProjectId = _options.ProjectId,
        PixelPath = _options.PixelPath,
        Retention = _options.Retention,
        MaxDeliveryAttempts = _options.Transform is null ? PushSubscriptionOptions.FunctionAttempts : DirectAttempts,
    };

    private async Task StartFunctionAsync(FunctionProcessOptions options, Action<FunctionProcess> take, CancellationToken cancellationToken) =>
        take(Add(await FunctionProcess.StartAsync(options, _logs, cancellationToken)));

    // The deployment makes the tables where no function does.
    private async Task StartDirectAsync(PixelTransform transform, CancellationToken cancellationToken)
    {
        var client = BigQueryEndpoint.CreateClient(_options.ProjectId, BigQueryHost);
        using var meter = new PipelineMeter();
        await new TableSetup(client, _options.Settings, _options.Schema, _options.Layout, meter, TimeProvider.System, _logs.CreateLogger<TableSetup>()).EnsureAsync(cancellationToken);
        Add(await RowsSubscription.StartAsync(_options.FunctionPort, transform, client, _options.DatasetId, _options.Layout.AllEvents!.Value.Id, _logs, cancellationToken));
    }

    private async Task StartLogDropAsync(CancellationToken cancellationToken)
    {
        if (_options.LogDrop is { } folder)
        {
            _logDrop = Add(await LogDrop.StartAsync(folder, _options, _logs, cancellationToken));
        }
    }

    private FunctionProcessOptions FunctionOptions() => new()
    {
        AssemblyPath = _options.FunctionAssembly,
        Port = _options.FunctionPort,
        Target = "PixelPipeline.Functions.PixelFunction",
        PidFile = Path.Combine(_options.Data.Root, "function.pid"),
        Dropped = _dropped.Take,
        Environment = new Dictionary<string, string>(_options.Settings.Variables.Append(FunctionLogLine.TellsDropped))
        {
            [BigQueryEndpoint.EmulatorVariable] = BigQueryHost,
        },
    };

    private T Add<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Push(part);
        return part;
    }

    private async Task DrainAsync()
    {
        using var deadline = new CancellationTokenSource(DrainTime);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!_delivery!.IsCaughtUp && !_delivery.Completion.IsCompleted && !deadline.IsCancellationRequested)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private static async Task WithinAsync(TimeSpan time, Func<CancellationToken, Task> stop)
    {
        using var deadline = new CancellationTokenSource(time);
        await stop(deadline.Token);
    }
}
