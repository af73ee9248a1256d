using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace PixelPipeline.GoogleCloud.Tests.ClientContract;

/// <summary>
/// An HTTP server on a free loopback port that answers by a script, down to broken connections, and remembers what
/// was asked. The last answer of the script repeats.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopped = new();
    private readonly ConcurrentQueue<ScriptedRequest> _requests = new();
    private readonly ConcurrentBag<Exception> _failures = [];
    private readonly Func<ScriptedRequest, Answer> _answer;
    private readonly Task _accepting;

    internal ScriptedServer(params Answer[] script)
        : this(InTurn(script))
    {
    }

    /// <summary>A server whose answers depend on the requests; asked for several at once.</summary>
    internal ScriptedServer(Func<ScriptedRequest, Answer> answer)
    {
        _answer = answer;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    internal int Port { get; }

    internal IReadOnlyList<ScriptedRequest> Requests => [.. _requests];

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        await _accepting;
        _listener.Stop();
        _stopped.Dispose();
        Assert.That(_failures, Is.Empty, "the scripted server failed");
    }

    private static Func<ScriptedRequest, Answer> InTurn(Answer[] script)
    {
        var answered = 0;
        return _ => script[Math.Min(Interlocked.Increment(ref answered), script.Length) - 1];
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stopped.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient connection)
    {
        using var disposed = connection;
        try
        {
            var stream = connection.GetStream();
            var reading = new BufferedStream(stream, 16_384);
            while (await ScriptedRequest.ReadAsync(reading, _stopped.Token) is { } request)
            {
                _requests.Enqueue(request);
                if (!await _answer(request).SendAsync(connection.Client, stream, _stopped.Token))
                {
                    return;
                }
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or SocketException)
        {
            // The client hung up or the test is over.
        }
        catch (Exception failure)
        {
            _failures.Add(failure);
        }
    }
}
