using System.Net.Sockets;
using PixelPipeline.Soak.Processes;

namespace PixelPipeline.Benchmarks.Events;

/// <summary>
/// Posts events over connections that stay open, one after the other on each. It speaks HTTP over bare sockets, so that
/// it leaves the machine to what is measured.
/// </summary>
/// <param name="port">Where the server listens.</param>
/// <param name="entries">What to post.</param>
internal sealed class PushLoad(LoopbackPort port, PushedEntry entries)
{
    private static ReadOnlySpan<byte> Success => "HTTP/1.1 200"u8;

    private static ReadOnlySpan<byte> End => "\r\n\r\n"u8;

    private int _next;

    /// <summary>Posts events, each until it is answered by success.</summary>
    /// <param name="count">How many.</param>
    /// <param name="connections">How many are under way at once.</param>
    /// <exception cref="InvalidOperationException">Another answer than 200.</exception>
    public Task SendAsync(int count, int connections)
    {
        var end = _next + count;
        return Task.WhenAll(Enumerable.Range(0, Math.Min(connections, count)).Select(_ => Task.Run(() => SendOverOneAsync(end))))
            .ContinueWith(sent => { _next = end; return sent; }, TaskScheduler.Default).Unwrap();
    }

    private async Task SendOverOneAsync(int end)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", port.Number);
        var answer = new byte[4096];
        for (var number = Interlocked.Increment(ref _next) - 1; number < end; number = Interlocked.Increment(ref _next) - 1)
        {
            var request = entries.Request(number);
            for (var sent = 0; sent < request.Length;)
            {
                sent += await socket.SendAsync(request.AsMemory(sent), SocketFlags.None);
            }

            await ReadAnswerAsync(socket, answer);
        }
    }

    private static async Task ReadAnswerAsync(Socket socket, byte[] answer)
    {
        var length = 0;
        while (answer.AsSpan(0, length).IndexOf(End) < 0)
        {
            var read = await socket.ReceiveAsync(answer.AsMemory(length), SocketFlags.None);
            length += read > 0 ? read : throw new InvalidOperationException("The server closed a connection.");
        }

        if (!answer.AsSpan(0, length).StartsWith(Success) || !answer.AsSpan(0, length).EndsWith(End))
        {
            throw new InvalidOperationException($"Not an answer of 200 without a body: {System.Text.Encoding.UTF8.GetString(answer, 0, length)}");
        }
    }
}
