using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace PixelPipeline.Local.PubSub;

/// <summary>
/// The function as the subscription sees it. While nothing listens there, no push is tried: one connection attempt at a
/// time looks whether it is back.
/// </summary>
internal sealed class PushEndpoint(Uri address, int maxConnections, TimeSpan deadline, TimeProvider time, ILogger log)
    : IDisposable
{
    private static readonly TimeSpan FirstProbe = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SlowestProbe = TimeSpan.FromSeconds(1); // a loopback connection costs next to nothing

    private readonly Lock _lock = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        MaxConnectionsPerServer = maxConnections,
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false, // a redirect is a status like any other: not an acknowledgement
        ActivityHeadersPropagator = null,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan, // the deadline is measured by the TimeProvider
    };

    private Task? _pause;

    /// <summary>Pushes one message and waits for the answer, at most until the deadline.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> said so.</exception>
    public async Task<PushResult> PushAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var expiry = new CancellationTokenSource(deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, cancellationToken);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return PushResult.Answered(response.StatusCode);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
        {
            return PushResult.Unreachable;
        }
        catch (HttpRequestException)
        {
            return PushResult.ConnectionLost;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return PushResult.DeadlineExceeded;
        }
    }

    /// <summary>Waits while the endpoint is known to be unreachable.</summary>
    public Task WaitUntilReachableAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _pause?.WaitAsync(cancellationToken) ?? Task.CompletedTask;
        }
    }

    /// <summary>Notes that no connection could be made: all pushes pause until one can.</summary>
    public void Pause(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _pause ??= ProbeAsync(cancellationToken);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        log.LogWarning("Nothing listens at the push endpoint: pushing pauses until something does");
        for (var wait = FirstProbe; ; wait = wait * 2 < SlowestProbe ? wait * 2 : SlowestProbe)
        {
            await Task.Delay(wait, time, cancellationToken);
            if (await ListensAsync(cancellationToken))
            {
                break;
            }
        }

        log.LogInformation("The push endpoint is back");
        lock (_lock)
        {
            _pause = null;
        }
    }

    private async Task<bool> ListensAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address.DnsSafeHost, address.Port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
