using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;
using PixelPipeline.Loopback;

namespace PixelPipeline.Local.Tests.Support;

/// <summary>A function that answers each push as the test says, and remembers all it received.</summary>
internal sealed class ScriptedFunction : IAsyncDisposable
{
    private readonly ConcurrentQueue<Delivery> _deliveries = new();
    private LoopbackServer _server = null!;

    public IReadOnlyList<Delivery> Deliveries => [.. _deliveries];

    public int Port => _server.Port;

    public Uri Endpoint => new($"http://127.0.0.1:{_server.Port}/");

    public static Task<ScriptedFunction> AnsweringAsync(int status) => StartAsync(_ => Task.FromResult(status));

    /// <param name="answer">Gives the status for a push.</param>
    /// <param name="port">0 takes a free one.</param>
    public static async Task<ScriptedFunction> StartAsync(Func<Delivery, Task<int>> answer, int port = 0)
    {
        var function = new ScriptedFunction();
        function._server = await LoopbackServer.StartAsync(
            port,
            NullLoggerFactory.Instance,
            _ => { },
            app => app.Run(async context =>
            {
                var delivery = await Delivery.ReadAsync(context.Request);
                function._deliveries.Enqueue(delivery);
                context.Response.StatusCode = await answer(delivery);
            }),
            CancellationToken.None);
        return function;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
