using System.Net;
using Google;
using Google.Apis.Bigquery.v2.Data;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.Tables;

namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>
/// How long events are kept: partitions of the table of all events expire by themselves, and each table of one day as a whole.
/// A table without a day in its name, which holds events of any, has no end.
/// </summary>
/// <seealso href="https://cloud.google.com/bigquery/docs/managing-partitioned-tables#partition-expiration"/>
/// <param name="client">Speaks to BigQuery.</param>
/// <param name="datasetId">The dataset of all tables.</param>
/// <param name="layout">Their names.</param>
/// <param name="time">Tells the time.</param>
public sealed class EventRetention(BigQueryClient client, string datasetId, TableLayout layout, TimeProvider time)
{
    // BigQuery takes no end in the past: a table that is past it already gets the next hour.
    private static readonly TimeSpan Soonest = TimeSpan.FromHours(1);

    /// <summary>Gives every table that there is its end, or takes it away.</summary>
    /// <param name="days">0 for no end.</param>
    /// <param name="cancellationToken">Breaks it off; it may be run again.</param>
    /// <returns>How many tables were changed.</returns>
    /// <exception cref="GoogleApiException">BigQuery refuses.</exception>
    public async Task<int> ApplyAsync(int days, CancellationToken cancellationToken)
    {
        var changed = 0;
        await foreach (var table in new TableInventory(client, datasetId, layout.BaseTable).ListAsync(cancellationToken))
        {
            var isChanged = table.HoldsAllEvents
                ? await ChangePartitionsAsync(table.Reference, days, cancellationToken)
                : table.Day is { } day && await ChangeTableAsync(table, EndOf(day, days), cancellationToken);
            changed += isChanged ? 1 : 0;
        }

        return changed;
    }

    /// <summary>Gives a new table its end.</summary>
    /// <param name="table">The table.</param>
    /// <param name="day">A day that it has rows of, UTC.</param>
    /// <param name="days">More than 0.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False where there is no such table yet.</returns>
    /// <exception cref="GoogleApiException">BigQuery refuses.</exception>
    internal async Task<bool> TrySetAsync(TableName table, DateTime day, int days, CancellationToken cancellationToken)
    {
        try
        {
            if (EndOf(DateOnly.FromDateTime(day), days) is { } end)
            {
                await client.PatchTableAsync(datasetId, table.Id, new Table { ExpirationTime = MillisecondsOf(Later(end)) }, cancellationToken: cancellationToken);
            }

            return true;
        }
        catch (GoogleApiException e) when (e.HttpStatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private async Task<bool> ChangePartitionsAsync(TableReference reference, int days, CancellationToken cancellationToken)
    {
        var table = (await client.GetTableAsync(reference, cancellationToken: cancellationToken)).Resource;
        long? wanted = days > 0 ? (long)TimeSpan.FromDays(days).TotalMilliseconds : null;
        if (table.TimePartitioning is not { } partitioning || partitioning.ExpirationMs == wanted)
        {
            return false;
        }

        partitioning.ExpirationMs = wanted;
        await (wanted is null
            ? client.UpdateTableAsync(reference, table, cancellationToken: cancellationToken) // what a patch leaves out stays
            : client.PatchTableAsync(reference, new Table { TimePartitioning = partitioning }, cancellationToken: cancellationToken));
        return true;
    }

    private async Task<bool> ChangeTableAsync(EventTable table, DateTime? end, CancellationToken cancellationToken)
    {
        if (table.Expires == end || (end < time.GetUtcNow().UtcDateTime && table.Expires is not null))
        {
            return false; // in the latter case it is about to go
        }

        if (end is { } wanted)
        {
            await client.PatchTableAsync(table.Reference, new Table { ExpirationTime = MillisecondsOf(Later(wanted)) }, cancellationToken: cancellationToken);
            return true;
        }

        var resource = (await client.GetTableAsync(table.Reference, cancellationToken: cancellationToken)).Resource;
        resource.ExpirationTime = null;
        await client.UpdateTableAsync(table.Reference, resource, cancellationToken: cancellationToken);
        return true;
    }

    // Null for never.
    private DateTime? EndOf(DateOnly day, int days) =>
        days > 0 ? layout.Suffix?.EndOf(day)?.AddDays(days).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) : null;

    private DateTime Later(DateTime end) => time.GetUtcNow().UtcDateTime + Soonest is var soonest && end < soonest ? soonest : end;

    private static long MillisecondsOf(DateTime instant) => new DateTimeOffset(instant).ToUnixTimeMilliseconds();
}
