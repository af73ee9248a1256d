using System.Globalization;
using Microsoft.Extensions.Logging;
using PixelPipeline.GoogleCloud.Storage;
using PixelPipeline.Local.FunctionHost;
using PixelPipeline.Local.PubSub;
using PixelPipeline.Loopback;

namespace PixelPipeline.Local.Storage;

/// <summary>
/// A folder in place of the bucket of the log file function: the local Cloud Storage, the function that is deployed, and
/// the deliveries to it.
/// </summary>
internal sealed class LogDrop : IAsyncDisposable
{
    private static readonly TimeSpan PushesEnd = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FunctionEnds = TimeSpan.FromSeconds(2);

    private StorageServer? _storage;
    private FunctionProcess? _function;
    private PushEndpoint? _endpoint;
    private ObjectPush? _push;
    private LogDropWatch? _watch;

    private LogDrop()
    {
    }

    /// <summary>Ends when it was stopped; fails when it cannot go on.</summary>
    public Task Completion => _watch!.Completion;

    /// <summary>Starts all parts and waits until each is ready. Where one cannot start, those before it are stopped.</summary>
    /// <param name="drop">The folder.</param>
    /// <param name="options">The pipeline that it is a part of, whose data folder this process has locked.</param>
    /// <param name="logs">Where troubles are told.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="StartFailedException">The folder cannot be used, or the function ended instead of serving.</exception>
    /// <exception cref="InvalidDataException">Something else has changed the state in the data folder.</exception>
    public static async Task<LogDrop> StartAsync(LogDropFolder drop, LocalPipelineOptions options, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        drop.Create(options.Data);
        var started = new LogDrop();
        try
        {
            await started.StartPartsAsync(drop, options, logs, cancellationToken);
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the deliveries, then the function. What is not delivered by then is delivered by the next run.</summary>
    public async Task StopAsync()
    {
        using var pushesEnd = new CancellationTokenSource(PushesEnd);
        await _watch!.StopAsync(pushesEnd.Token);
        using var functionEnds = new CancellationTokenSource(FunctionEnds);
        await _function!.StopAsync(functionEnds.Token);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var part in (IAsyncDisposable?[])[_watch, _function, _storage])
        {
            await (part?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        _push?.Dispose();
        _endpoint?.Dispose();
    }

    private async Task StartPartsAsync(LogDropFolder drop, LocalPipelineOptions options, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        var patience = new LogDropOptions();
        var log = logs.CreateLogger<LogDrop>();
        var folder = new BucketFolder(drop.Root, patience.Bucket, log);
        var delivered = DeliveredObjects.Load(options.Data.LogDropFile, drop.Root);
        _storage = await StorageServer.StartAsync(port: 0, folder, logs, cancellationToken);
        var process = ProcessOptions(options, patience.Bucket, _storage.Port);
        _function = await FunctionProcess.StartAsync(process, logs, cancellationToken);
        var address = new Uri($"http://127.0.0.1:{process.Port}/");
        _endpoint = new PushEndpoint(address, patience.MaxInFlight, patience.AckDeadline, TimeProvider.System, log);
        _push = new ObjectPush(folder, new FinalizedEvent(address, patience.Bucket), _endpoint, patience.MaxInFlight);
        var deliveries = new ObjectDeliveries(folder, delivered, _push, patience, TimeProvider.System, log);
        _watch = new LogDropWatch(deliveries, patience.Interval, TimeProvider.System, log);
    }

    /// <summary>The process. Prefixes, format and keys come from this process's environment, <c>LogFiles__Keys</c> for example.</summary>
    private static FunctionProcessOptions ProcessOptions(LocalPipelineOptions options, string bucket, int storagePort) => new()
    {
        AssemblyPath = options.FunctionAssembly,
        Port = LoopbackPort.Free(),
        Target = "PixelPipeline.Functions.LogFileFunction",
        PidFile = Path.Combine(options.Data.Root, "log-files.pid"),
        Environment = new Dictionary<string, string>
        {
            ["LogFiles__Bucket"] = bucket,
            [CloudStorage.EmulatorVariable] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{storagePort}"),
        },
    };
}
