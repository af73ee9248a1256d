using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using PixelPipeline.Local.Tests.Support;
using PixelPipeline.Loopback;

namespace PixelPipeline.Local.Tests.PubSub.Emulator;

/// <summary>An emulator's REST API that answers each request as the test says, and remembers all it received.</summary>
internal sealed class ScriptedEmulator : IAsyncDisposable
{
    private readonly ConcurrentQueue<Delivery> _requests = new();
    private LoopbackServer _server = null!;

    public Uri Address => new($"http://127.0.0.1:{_server.Port}/");

    public IReadOnlyList<Delivery> Requests => [.. _requests];

    /// <summary>The insert ids of all that was published, answered well or not, in order.</summary>
    public IReadOnlyList<string> Published => [.. Requests.SelectMany(Messages).Select(InsertIdOf)];

    public static Task<ScriptedEmulator> TakingAllAsync() => StartAsync(_ => Task.FromResult(200));

    /// <param name="answer">Gives the status for a request.</param>
    public static async Task<ScriptedEmulator> StartAsync(Func<Delivery, Task<int>> answer)
    {
        var emulator = new ScriptedEmulator();
        emulator._server = await LoopbackServer.StartAsync(
            0,
            NullLoggerFactory.Instance,
            _ => { },
            app => app.Run(async context =>
            {
                var request = await Delivery.ReadAsync(context.Request);
                emulator._requests.Enqueue(request);
                context.Response.StatusCode = await answer(request);
                await context.Response.WriteAsync("""{"topic":"projects/local/topics/pixel-hits"}""");
            }),
            CancellationToken.None);
        return emulator;
    }

    public static bool IsPublish(Delivery request) => request.Path.EndsWith(":publish", StringComparison.Ordinal);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static IEnumerable<JsonNode> Messages(Delivery request) => IsPublish(request) ? request.Json["messages"]!.AsArray().Select(m => m!) : [];

    private static string InsertIdOf(JsonNode message) =>
        (string)JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String((string)message["data"]!)))!["insertId"]!;
}
