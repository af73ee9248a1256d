using Microsoft.Extensions.Logging;
using PixelPipeline.LocalBigQuery.Storage;

namespace PixelPipeline.LocalBigQuery.Expiring;

/// <summary>
/// Removes what has expired, at the start and every hour: tables past their <c>expirationTime</c>, and rows of
/// partitions past <c>timePartitioning.expirationMs</c>
/// (https://cloud.google.com/bigquery/docs/managing-partitioned-tables#partition-expiration).
/// </summary>
internal sealed class Expiry(Database database, WriteQueue writes, TimeProvider time, ILogger log) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private readonly CancellationTokenSource _stopping = new();
    private Task _hourly = Task.CompletedTask;

    /// <summary>Removes what expired while nothing ran, and goes on every hour.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await RemoveExpiredAsync(cancellationToken);
        _hourly = RepeatAsync();
    }

    /// <summary>Ends the repetition.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _hourly;
        _stopping.Dispose();
    }

    private async Task RepeatAsync()
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                await TryRemoveExpiredAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // the local BigQuery stops
        }
    }

    private async Task TryRemoveExpiredAsync()
    {
        try
        {
            await RemoveExpiredAsync(_stopping.Token);
        }
        catch (Microsoft.Data.Sqlite.SqliteException e)
        {
            log.LogError(e, "Expired rows could not be removed; the next try is in an hour");
        }
    }

    private async Task RemoveExpiredAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var table in database.Read(TableCatalog.Expiring))
        {
            var expiration = Expiration.Of(table);
            if (expiration.IsTableExpired(now))
            {
                await writes.RunAsync(session => Remove(session, table.TableKey), cancellationToken);
                continue;
            }

            // A part at a time, so that inserts need not wait for all of it.
            for (long? from = 0; from is { } start;)
            {
                from = await writes.RunAsync(session => expiration.RemoveSomeRows(session, now, start), cancellationToken);
            }
        }
    }

    private static bool Remove(SqlSession session, long tableKey)
    {
        TableCatalog.Remove(session, tableKey);
        return true;
    }
}
