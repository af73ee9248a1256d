using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using PixelPipeline.Loopback;

namespace PixelPipeline.Local.FunctionHost;

/// <summary>
/// Runs the function as a process of its own, the way the cloud does: ready before anything is delivered, started anew
/// with a growing pause if it dies, stopped by SIGTERM.
/// </summary>
internal sealed class FunctionProcess : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan HealthyAfter = TimeSpan.FromMinutes(1);

    private readonly FunctionProcessOptions _options;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private Task _supervision = Task.CompletedTask;
    private FunctionInstance? _instance;

    private FunctionProcess(FunctionProcessOptions options, ILogger logger)
    {
        _options = options;
        _logger = logger;
    }

    /// <summary>Starts the function and waits until it serves.</summary>
    /// <param name="options">How it is run.</param>
    /// <param name="logs">Where its output and its restarts are told.</param>
    /// <param name="cancellationToken">Gives up the start; the process is ended.</param>
    /// <exception cref="PortUnavailableException">Something else listens on the port.</exception>
    /// <exception cref="StartFailedException">It ended before it was ready.</exception>
    public static async Task<FunctionProcess> StartAsync(FunctionProcessOptions options, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        OrphanedFunction.End(options.PidFile);
        CheckPort(options.Port);
        var function = new FunctionProcess(options, logs.CreateLogger("Function"));
        try
        {
            var instance = function.Launch();
            await instance.WaitUntilReadyAsync(cancellationToken);
            function._supervision = Task.Run(() => function.SuperviseAsync(instance), CancellationToken.None);
            return function;
        }
        catch
        {
            await function.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks the function to stop and waits until it has; ends it the hard way when the token says so.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        if (_instance is { } instance)
        {
            await instance.StopAsync(cancellationToken);
        }

        await _supervision;
        File.Delete(_options.PidFile);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(new CancellationToken(canceled: true));
        _instance?.Dispose();
        _stopping.Dispose();
    }

    private FunctionInstance Launch()
    {
        var instance = FunctionInstance.Launch(_options, _logger);
        Interlocked.Exchange(ref _instance, instance)?.Dispose();
        return instance;
    }

    private async Task SuperviseAsync(FunctionInstance first)
    {
        var pause = FirstPause;
        for (FunctionInstance? instance = first; ; instance = TryLaunch())
        {
            if (instance is not null)
            {
                await instance.Exited;
                if (_stopping.IsCancellationRequested)
                {
                    return;
                }

                pause = instance.Uptime > HealthyAfter ? FirstPause : pause;
                _logger.LogWarning("The function ended with exit code {ExitCode}; starting it again in {Pause:N1} s", instance.ExitCode, pause.TotalSeconds);
            }

            await Task.Delay(pause, _stopping.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            if (_stopping.IsCancellationRequested)
            {
                return;
            }

            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>Null where the process cannot be started now.</summary>
    private FunctionInstance? TryLaunch()
    {
        try
        {
            return Launch();
        }
        catch (Exception e) when (e is Win32Exception or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            _logger.LogError(e, "The function could not be started; it is tried again after a pause");
            return null;
        }
    }

    private static void CheckPort(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port) { ExclusiveAddressUse = true };
            listener.Start();
        }
        catch (SocketException e)
        {
            throw new PortUnavailableException(port, e);
        }
    }
}
