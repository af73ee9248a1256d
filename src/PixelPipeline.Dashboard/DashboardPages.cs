using Google.Cloud.BigQuery.V2;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PixelPipeline.Dashboard.Hosting;
using PixelPipeline.Dashboard.Questions;
using PixelPipeline.Dashboard.Snapshots;
using PixelPipeline.Dashboard.Users;
using PixelPipeline.Dashboard.Views;
using PixelPipeline.Dashboard.Web;
using PixelPipeline.Loopback;

namespace PixelPipeline.Dashboard;

/// <summary>The dashboard's pages for a server that has others, too. BigQuery is asked while somebody looks, once for all who do.</summary>
public sealed class DashboardPages : IDisposable
{
    private readonly IAnswers _answers;
    private readonly DashboardOptions _options;
    private readonly ILoggerFactory _logs;
    private readonly Repetitions _repetitions = new();
    private readonly HostDesk? _desk;
    private Readings? _readings;

    /// <summary>Nothing is asked before somebody looks.</summary>
    /// <param name="client">Speaks to BigQuery, with its own retries off; stays the caller's.</param>
    /// <param name="options">What they read; the port is the server's.</param>
    /// <param name="logs">Where faults of the program go.</param>
    /// <param name="host">What whoever runs the pipeline knows and can do; null where nobody says. Stays the caller's.</param>
    /// <exception cref="ArgumentException">Dataset or table are no names (<see cref="DashboardOptions.IsName"/>).</exception>
    public DashboardPages(BigQueryClient client, DashboardOptions options, ILoggerFactory logs, IPipelineHost? host = null)
        : this(new BigQueryAnswers(client, options), options, logs, host)
    {
    }

    /// <summary>Likewise, over any answers.</summary>
    internal DashboardPages(IAnswers answers, DashboardOptions options, ILoggerFactory logs, IPipelineHost? host = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!DashboardOptions.IsName(options.DatasetId) || !DashboardOptions.IsName(options.BaseTable))
        {
            throw new ArgumentException("Dataset and table must be names of letters, digits, _ and -.", nameof(options));
        }

        (_answers, _options, _logs) = (answers, options, logs);
        _desk = host is null ? null : new HostDesk(host, options.TimeProvider);
    }

    /// <summary>Adds the pages, and the gate in front of them and of nothing else.</summary>
    /// <param name="app">A server of local requests. Called once.</param>
    public void Map(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseWhen(IsOwn, own => own.UseGate());
        MapPages(app);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _readings?.Dispose();
        _repetitions.Dispose();
        _desk?.Dispose();
    }

    /// <summary>Adds the pages alone.</summary>
    internal void MapPages(WebApplication app)
    {
        var renderer = new PageRenderer(_options, app.Services, _logs);
        var logger = _logs.CreateLogger<DashboardPages>();
        var reader = new SnapshotReader(_answers, _options, _repetitions, logger, _desk);
        _readings = new Readings(view => NewReading(view, reader, renderer));
        var pages = app.MapGroup("").WithMetadata(UnloggedEndpoint.Mark);
        new Routes(_readings, renderer, _options, app.Lifetime.ApplicationStopping).Map(pages);
        new UserRoutes(new UserReader(_answers, _options.TimeProvider), renderer, _options, logger).Map(pages);
        if (_desk is not null)
        {
            new HostRoutes(_desk, _options).Map(pages);
        }
    }

    private static bool IsOwn(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<UnloggedEndpoint>() is not null;

    private SharedReading<Edition> NewReading(View view, SnapshotReader reader, PageRenderer renderer) => new(
        async (previous, ct) =>
        {
            var snapshot = await reader.ReadAsync(view, previous?.Snapshot, ct);
            return new Edition(snapshot, await renderer.PartsAsync(snapshot));
        },
        _options.Refresh,
        _options.TimeProvider);
}
