using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using PixelPipeline.Local.AccessLog;
using PixelPipeline.Loopback;

namespace PixelPipeline.Local.PubSub;

/// <summary>
/// Takes what is published to the topic over Pub/Sub's REST API, <c>POST /v1/projects/P/topics/T:publish</c>, and
/// appends it to the access log, which is what the topic delivers from. The answer comes once the messages are in the
/// operating system's hands (<see href="https://cloud.google.com/pubsub/docs/reference/rest/v1/projects.topics/publish"/>).
/// </summary>
internal sealed class TopicServer : IAsyncDisposable
{
    private const int MaxRequestBytes = 10_000_000;

    private readonly LoopbackServer _server;

    private TopicServer(LoopbackServer server) => _server = server;

    /// <summary>The port of 127.0.0.1 that it listens on.</summary>
    public int Port => _server.Port;

    /// <summary>Starts serving one topic.</summary>
    /// <param name="port">1 to 65,535; 0 takes a free one.</param>
    /// <param name="topic">Its full name: <c>projects/local/topics/pixel-hits</c>.</param>
    /// <param name="accessLog">Where messages go. Must outlive the server.</param>
    /// <param name="logs">Where warnings go.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="PortUnavailableException">The port is in use or not permitted.</exception>
    public static async Task<TopicServer> StartAsync(int port, string topic, AccessLogWriter accessLog, ILoggerFactory logs, CancellationToken cancellationToken) =>
        new(await LoopbackServer.StartAsync(port, logs, Configure, app => app.MapPost($"/v1/{topic}:publish", new Publishing(accessLog).HandleAsync), cancellationToken));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static void Configure(KestrelServerOptions kestrel) => kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;

    private sealed class Publishing(AccessLogWriter accessLog)
    {
        public async Task HandleAsync(HttpContext context)
        {
            if (await PublishRequest.ReadAsync(context.Request.Body, context.RequestAborted) is not { } lines)
            {
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }

            try
            {
                var positions = await Task.WhenAll(lines.Select(line => accessLog.AppendAtAsync(line)));
                await context.Response.WriteAsJsonAsync(new { messageIds = positions.Select(p => p.MessageId) }, context.RequestAborted);
            }
            catch (AccessLogUnavailableException) // the writer has logged it; the publisher may come again
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            }
        }
    }
}
