using Google.Cloud.BigQuery.V2;
using Microsoft.Extensions.Logging;
using PixelPipeline.GoogleCloud.BigQuery;

namespace PixelPipeline.Local;

/// <summary>Makes the views as soon as there is a table that they can read; looks once a second until then.</summary>
internal sealed class ViewUpkeep : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly BigQueryClient _client;
    private readonly ViewSetup _views;
    private readonly ILogger _logger;
    private readonly Task _work;

    public ViewUpkeep(string bigQueryHost, LocalPipelineOptions options, ILoggerFactory logs)
    {
        _client = BigQueryEndpoint.CreateClient(options.ProjectId, bigQueryHost);
        _views = new ViewSetup(_client, options.DatasetId, options.Layout);
        _logger = logs.CreateLogger("Views");
        _work = Task.Run(WorkAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _work;
        _client.Dispose();
        _stopping.Dispose();
    }

    private async Task WorkAsync()
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (!await TryEnsureAsync())
            {
                await timer.WaitForNextTickAsync(_stopping.Token);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The pipeline stops before there was a table.
        }
    }

    /// <summary>True when there is nothing left to do: the views are there, or BigQuery refuses them for good.</summary>
    private async Task<bool> TryEnsureAsync()
    {
        try
        {
            return await _views.TryEnsureAsync(_logger, _stopping.Token);
        }
        catch (HttpRequestException)
        {
            return false; // BigQuery is away; it may come back
        }
    }
}
