using Microsoft.Extensions.Logging.Abstractions;
using PixelPipeline.Local.PubSub;
using PixelPipeline.Local.PubSub.Emulator;
using PixelPipeline.Local.Tests.AccessLog;
using PixelPipeline.Local.Tests.Support;

namespace PixelPipeline.Local.Tests.PubSub.Emulator;

/// <summary>A sink into an emulator, on an access log of its own.</summary>
internal sealed class RunningSink : IAsyncDisposable
{
    private EmulatorSink? _sink;

    public OpenAccessLog Log { get; } = new();

    public EmulatorSink Sink => _sink!;

    public PushSubscriptionOptions Options { get; } = new()
    {
        Endpoint = new Uri("http://127.0.0.1:8081/"),
        SaveInterval = TimeSpan.FromMilliseconds(10),
    };

    public static async Task<RunningSink> StartedAsync(ScriptedEmulator emulator)
    {
        var running = new RunningSink();
        await running.StartAsync(emulator);
        return running;
    }

    public async Task StartAsync(ScriptedEmulator emulator) => _sink = await EmulatorSink.StartAsync(
        emulator.Address, Options, Log.Data, Log.Writer, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);

    /// <summary>Appends hits one after the other.</summary>
    public async Task AppendHitsAsync(params IEnumerable<string> insertIds)
    {
        foreach (var id in insertIds)
        {
            await Log.AppendAsync(Some.LogEntry(id));
        }
    }

    public Task CaughtUpAsync() => Eventually.IsTrueAsync(() => Sink.IsCaughtUp, "the emulator has taken all");

    /// <summary>Stops and starts again, as the next run on the same folder.</summary>
    public async Task RestartAsync(ScriptedEmulator emulator)
    {
        await Sink.DisposeAsync();
        await Log.ReopenAsync();
        await StartAsync(emulator);
    }

    public async ValueTask DisposeAsync()
    {
        if (_sink is not null)
        {
            await _sink.DisposeAsync();
        }

        await Log.DisposeAsync();
    }
}
