using Microsoft.Extensions.Hosting;
using PixelPipeline.GoogleCloud.BigQuery;

namespace PixelPipeline.Functions.Pixels;

/// <summary>Lets the server listen only once the tables that every row needs are known to be there.</summary>
internal sealed class TableSetupService : IHostedService
{
    private readonly TableSetup _setup;

    public TableSetupService(TableSetup setup) => _setup = setup;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _setup.EnsureAsync(cancellationToken);
        }
        catch (TableSetupException e)
        {
            StartupErrors.End([e.Message]);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped before it was ready, and there is nothing to undo. The framework owns Main, where a start that was
            // cancelled would end as a crash.
            Environment.Exit(0);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
