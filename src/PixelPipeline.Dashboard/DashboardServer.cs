using Google.Cloud.BigQuery.V2;
using Microsoft.Extensions.Logging;
using PixelPipeline.Dashboard.Hosting;
using PixelPipeline.Dashboard.Questions;
using PixelPipeline.Dashboard.Web;
using PixelPipeline.Loopback;

namespace PixelPipeline.Dashboard;

/// <summary>
/// Answers that people can look at, live: pages over the events of a BigQuery, local or Google's, for the browsers of this
/// machine.
/// </summary>
public sealed class DashboardServer : IAsyncDisposable
{
    private const int MaxRequestLineBytes = 32 * 1024; // a few filters by long texts

    private readonly LoopbackServer _server;
    private readonly DashboardPages _pages;

    private DashboardServer(LoopbackServer server, DashboardPages pages) => (_server, _pages) = (server, pages);

    /// <summary>The port that it listens on.</summary>
    public int Port => _server.Port;

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
        IAnswers answers, DashboardOptions options, ILoggerFactory logs, CancellationToken cancellationToken, IPipelineHost? host = null)
    {
        var pages = new DashboardPages(answers, options, logs, host);
        try
        {
            var server = await LoopbackServer.StartAsync(
                options.Port,
                logs,
                kestrel =>
                {
                    kestrel.Limits.MaxRequestBodySize = 0;
                    kestrel.Limits.MaxRequestLineSize = MaxRequestLineBytes;
                },
                app =>
                {
                    app.UseGate();
                    pages.MapPages(app);
                },
                cancellationToken);
            return new DashboardServer(server, pages);
        }
        catch
        {
            pages.Dispose();
            throw;
        }
    }

    /// <summary>Ends the live streams and lets other requests under way end until <paramref name="cancellationToken"/> says so.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _server.StopAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _pages.Dispose();
        await _server.DisposeAsync();
    }
}
