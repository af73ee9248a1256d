using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using PixelPipeline.Local.AccessLog;
using PixelPipeline.Loopback;

namespace PixelPipeline.Local.LoadBalancer;

/// <summary>
/// The load balancer with its backend bucket: serves the pixel and the page script, and logs each request. It waits for the access log to
/// have the request and for nothing else of the pipeline.
/// </summary>
internal sealed class LoadBalancerServer : IAsyncDisposable
{
    private const int MaxRequestLineBytes = 17 * 1024; // a URL of 16 KiB, as browsers and load balancers bound it

    private static readonly Encoding Utf8WithQuestionMarks = Encoding.GetEncoding(
        "utf-8", EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("?"));

    private readonly LoopbackServer _server;

    private LoadBalancerServer(LoopbackServer server, string pixelPath)
    {
        _server = server;
        PixelUrl = new Uri($"http://localhost:{server.Port}{pixelPath}");
    }

    /// <summary>The port that it listens on.</summary>
    public int Port => _server.Port;

    /// <summary>The pixel's address without a query: <c>http://localhost:8080/pixel.png</c>.</summary>
    public Uri PixelUrl { get; }

    /// <summary>Starts serving on 127.0.0.1 and ::1.</summary>
    /// <param name="options">Port, path and names.</param>
    /// <param name="accessLog">Where each request is logged. Must outlive the server.</param>
    /// <param name="time">Dates the log entries.</param>
    /// <param name="logs">Where warnings go; never a URL or an address.</param>
    /// <param name="claim">
    /// Maps the paths of other parts, such as <c>/collect</c>; null for none. Their requests are logged too, once they
    /// are answered, but for those of an <see cref="UnloggedEndpoint"/>.
    /// </param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="PortUnavailableException">The port is in use or not permitted.</exception>
    public static async Task<LoadBalancerServer> StartAsync(
        LoadBalancerOptions options,
        AccessLogWriter accessLog,
        TimeProvider time,
        ILoggerFactory logs,
        Action<WebApplication>? claim = null,
        CancellationToken cancellationToken = default)
    {
        var log = new RequestLog(accessLog, new LoadBalancerLogEntry(options.ProjectId, time), time);
        var handler = new RequestHandler(StaticFiles.Load(options.PixelPath), log, time, logs.CreateLogger<LoadBalancerServer>());
        var server = await LoopbackServer.StartAsync(
            options.Port, logs, Configure, app => Map(app, handler, claim), cancellationToken);
        return new LoadBalancerServer(server, options.PixelPath);
    }

    /// <summary>Takes no new connection and answers the requests under way, until <paramref name="cancellationToken"/> says so.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _server.StopAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static void Configure(KestrelServerOptions kestrel)
    {
        kestrel.Limits.MaxRequestLineSize = MaxRequestLineBytes;
        kestrel.RequestHeaderEncodingSelector = _ => Utf8WithQuestionMarks;
    }

    private static void Map(WebApplication app, RequestHandler handler, Action<WebApplication>? claim)
    {
        app.Use((context, next) => context.GetEndpoint() switch
        {
            null => handler.HandleAsync(context),
            { Metadata: var metadata } when metadata.GetMetadata<UnloggedEndpoint>() is not null => next(context),
            _ => handler.HandleClaimedAsync(context, next),
        });
        claim?.Invoke(app);
    }
}
