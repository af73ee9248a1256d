using System.Net;
using System.Net.Sockets;
using Google.Cloud.BigQuery.V2;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PixelPipeline.Dashboard.Readings;
using PixelPipeline.Dashboard.Web;

namespace PixelPipeline.Dashboard;

/// <summary>
/// Answers that people can look at, live: a page over the events of a BigQuery, local or Google's, for the browsers of this
/// machine. BigQuery is asked while somebody looks, once for all who do.
/// </summary>
public sealed class DashboardServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SharedReading<Edition> _readings;

    private DashboardServer(WebApplication app, SharedReading<Edition> readings) => (_app, _readings) = (app, readings);

    /// <summary>The port that it listens on.</summary>
    public int Port => new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    /// <summary>Starts listening on 127.0.0.1 and ::1. BigQuery need not be there yet.</summary>
    /// <param name="client">Speaks to BigQuery, with its own retries off; stays the caller's.</param>
    /// <param name="options">Where it listens and what it reads.</param>
    /// <param name="logs">Where faults of the program and the server's own warnings go.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="ArgumentException">Dataset or table are no names (<see cref="DashboardOptions.IsName"/>).</exception>
    /// <exception cref="PortUnavailableException">The port is in use or not permitted.</exception>
    public static Task<DashboardServer> StartAsync(
        BigQueryClient client, DashboardOptions options, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(options);
        return StartAsync(new BigQueryAnswers(client, options), options, logs, cancellationToken);
    }

    /// <summary>Likewise, over any answers.</summary>
    internal static async Task<DashboardServer> StartAsync(
        IAnswers answers, DashboardOptions options, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        if (!DashboardOptions.IsName(options.DatasetId) || !DashboardOptions.IsName(options.BaseTable))
        {
            throw new ArgumentException("Dataset and table must be names of letters, digits, _ and -.", nameof(options));
        }

        var app = Build(options, logs);
        var renderer = new PageRenderer(options, app.Services, logs);
        var reader = new SnapshotReader(answers, options, logs.CreateLogger<DashboardServer>());
        var readings = new SharedReading<Edition>(
            async (previous, ct) => await ToEditionAsync(renderer, await reader.ReadAsync(previous?.Snapshot, ct)), options.Refresh, options.TimeProvider);
        app.UseGate();
        new Routes(readings, renderer, options.PageWait, app.Lifetime.ApplicationStopping).Map(app);
        var server = new DashboardServer(app, readings);
        await server.ListenAsync(options.Port, cancellationToken);
        return server;
    }

    /// <summary>Ends the live streams and lets other requests under way end until <paramref name="cancellationToken"/> says so.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _app.StopAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _readings.Dispose();
        await _app.DisposeAsync();
    }

    private static WebApplication Build(DashboardOptions options, ILoggerFactory logs)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear(); // no setting from outside may add an endpoint that is not loopback
        builder.Services.AddSingleton(logs);
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            Listen(kestrel, options.Port);
        });
        return builder.Build();
    }

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

    private static async Task<Edition> ToEditionAsync(PageRenderer renderer, Snapshot snapshot) =>
        new(snapshot, await renderer.PartsAsync(snapshot));

    private async Task ListenAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await DisposeAsync();
            throw new PortUnavailableException(port, e);
        }
    }

    /// <summary>Leaves Ctrl-C and SIGTERM to the program that this server is a part of.</summary>
    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
