using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PixelPipeline.Loopback;

/// <summary>
/// One HTTP server of the local cloud: on 127.0.0.1 and ::1 only, serving local requests only. Stop it with
/// <see cref="StopAsync"/>, which lets requests under way end, or dispose it.
/// </summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LoopbackServer(WebApplication app, int port)
    {
        _app = app;
        Port = port;
    }

    /// <summary>The port that it listens on.</summary>
    public int Port { get; }

    /// <summary>Starts listening. Port 0 takes a free port of 127.0.0.1 (for tests).</summary>
    /// <param name="port">0 to 65,535.</param>
    /// <param name="logs">Where the server's own warnings go.</param>
    /// <param name="configure">Sets limits of the server.</param>
    /// <param name="map">Adds the endpoints, behind the check that the request is local.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="PortUnavailableException">The port is in use or not permitted.</exception>
    public static async Task<LoopbackServer> StartAsync(
        int port,
        ILoggerFactory logs,
        Action<KestrelServerOptions> configure,
        Action<WebApplication> map,
        CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear(); // no setting from outside may add an endpoint that is not loopback
        builder.Services.AddSingleton(logs);
        builder.Services.AddSingleton<Microsoft.Extensions.Hosting.IHostLifetime, EmbeddedLifetime>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            configure(kestrel);
            Listen(kestrel, port);
        });
        var app = builder.Build();
        app.UseLocalRequestsOnly();
        map(app);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await app.DisposeAsync();
            throw new PortUnavailableException(port, e);
        }

        return new LoopbackServer(app, BoundPort(app));
    }

    /// <summary>Takes no new connection and lets requests under way end until <paramref name="cancellationToken"/> says so.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _app.StopAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void Listen(KestrelServerOptions kestrel, int port)
    {
        if (port == 0)
        {
            kestrel.Listen(IPAddress.Loopback, 0);
        }
        else
        {
            kestrel.ListenLocalhost(port);
        }
    }

    private static int BoundPort(WebApplication app) =>
        new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    /// <summary>Leaves Ctrl-C and SIGTERM to the program that this server is a part of.</summary>
    private sealed class EmbeddedLifetime : Microsoft.Extensions.Hosting.IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
