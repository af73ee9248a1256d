using Microsoft.Extensions.Logging.Abstractions;
using PixelPipeline.Local.AccessLog;
using PixelPipeline.Local.PubSub;
using PixelPipeline.Local.Tests.AccessLog;
using PixelPipeline.Local.Tests.Support;

namespace PixelPipeline.Local.Tests.PubSub;

/// <summary>A push subscription on an access log of its own, as impatient as a test.</summary>
internal sealed class RunningSubscription : IAsyncDisposable
{
    private static readonly PushSubscriptionOptions Impatient = new()
    {
        Endpoint = new Uri("http://127.0.0.1:1/"),
        MinBackoff = TimeSpan.FromMilliseconds(1),
        MaxBackoff = TimeSpan.FromMilliseconds(20),
        SaveInterval = TimeSpan.FromMilliseconds(10),
    };

    private PushSubscription? _subscription;

    public RunningSubscription(
        Uri endpoint,
        Func<PushSubscriptionOptions, PushSubscriptionOptions>? change = null,
        AccessLogOptions? accessLog = null)
    {
        Options = (change ?? (same => same))(Impatient with { Endpoint = endpoint });
        Log = new OpenAccessLog(accessLog);
        DeadLetters = new DeadLetterStore(Log.Data);
        Start();
    }

    public OpenAccessLog Log { get; }

    public PushSubscriptionOptions Options { get; }

    public DeadLetterStore DeadLetters { get; }

    public PushSubscription Subscription => _subscription!;

    public string StateFile => Path.Combine(Log.Data.Subscriptions, "pixel-function.json");

    public void Start() => _subscription =
        PushSubscription.Start(Options, Log.Data, Log.Writer, Log.Time, NullLoggerFactory.Instance);

    public async Task AppendHitsAsync(params IEnumerable<string> insertIds) =>
        await Task.WhenAll(insertIds.Select(id => Log.AppendAsync(Some.LogEntry(id))));

    /// <summary>Waits until all that was appended is acknowledged or given up.</summary>
    public Task CaughtUpAsync() =>
        Eventually.IsTrueAsync(() => Subscription.Statistics.IsCaughtUp, "the subscription has caught up");

    public async Task StopAsync() => await Subscription.StopAsync(CancellationToken.None);

    /// <summary>Stops and starts again, as the next run on the same folder.</summary>
    public async Task RestartAsync()
    {
        await Subscription.DisposeAsync();
        await Log.ReopenAsync();
        Start();
    }

    public async ValueTask DisposeAsync()
    {
        await Subscription.DisposeAsync();
        await Log.DisposeAsync();
    }
}
