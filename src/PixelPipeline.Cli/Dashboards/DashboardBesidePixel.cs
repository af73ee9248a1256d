using Google.Cloud.BigQuery.V2;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using PixelPipeline.Cli.Targets;
using PixelPipeline.Dashboard;
using PixelPipeline.Local;
using PixelPipeline.Settings;

namespace PixelPipeline.Cli.Dashboards;

/// <summary>The dashboard at the root of the address that serves the pixel, over the pipeline's own BigQuery.</summary>
internal sealed class DashboardBesidePixel : ILocalPages
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(500);

    private readonly BigQueryClient _client;
    private readonly DashboardPages _pages;

    public DashboardBesidePixel(string bigQueryHost, DataFolder data, PipelineSettings settings, int port, int functionPort, ILoggerFactory logs)
    {
        _client = BigQueryOptions.Connect(bigQueryHost);
        _pages = new DashboardPages(
            _client,
            new DashboardOptions
            {
                Port = port,
                Source = bigQueryHost,
                DatasetId = settings.Get(PipelineSetting.Dataset),
                BaseTable = settings.Get(PipelineSetting.Table),
                Refresh = Refresh,
            },
            logs,
            new PipelineOfThisMachine(bigQueryHost, data, settings, port, functionPort));
    }

    public void Map(WebApplication app) => _pages.Map(app);

    public ValueTask DisposeAsync()
    {
        _pages.Dispose();
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
