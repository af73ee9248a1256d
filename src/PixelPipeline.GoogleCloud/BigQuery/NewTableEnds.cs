using Microsoft.Extensions.Logging;
using PixelPipeline.Tables;

namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>
/// Gives tables that are made by their first row an end, a little later: BigQuery makes them some seconds after the insert.
/// What fails, or is cut short by the end of the process, is made good by the next start or by <c>deploy/up.sh</c>.
/// </summary>
/// <param name="retention">Sets ends.</param>
/// <param name="days">How long events are kept; 0 for no end.</param>
/// <param name="time">Times the tries.</param>
/// <param name="logger">Told what could not be done.</param>
internal sealed class NewTableEnds(EventRetention retention, int days, TimeProvider time, ILogger logger) : IDisposable
{
    private const int Tries = 8;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Takes a table on; returns at once.</summary>
    public void Add(TableName table, DateTime day)
    {
        if (days > 0 && !_stopping.IsCancellationRequested)
        {
            _ = SetAsync(table, day, _stopping.Token);
        }
    }

    /// <summary>Leaves what is not done.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task SetAsync(TableName table, DateTime day, CancellationToken stopping)
    {
        try
        {
            var pause = FirstPause;
            for (var tries = 0; tries < Tries; tries++, pause *= 2)
            {
                await Task.Delay(pause, time, stopping);
                if (await TrySetAsync(table, day, isLast: tries == Tries - 1, stopping))
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // the process ends
        }
    }

    private async Task<bool> TrySetAsync(TableName table, DateTime day, bool isLast, CancellationToken stopping)
    {
        try
        {
            return await retention.TrySetAsync(table, day, days, stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            if (isLast)
            {
                logger.LogWarning(e, "A new table of {Table} was not given its end; the next start, or deploy/up.sh, does it", table.Base);
            }

            return false;
        }
    }
}
