using System.Collections.Concurrent;
using System.Net;
using Google;
using Google.Apis.Bigquery.v2.Data;
using Google.Cloud.BigQuery.V2;
using Microsoft.Extensions.Logging;
using PixelPipeline.Events;
using PixelPipeline.Tables;

namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>
/// Gives tables the columns that their rows have and they lack: those made from the base table before it got them. Each
/// table is changed by one call however many rows wait, and a few tables at once.
/// </summary>
/// <seealso href="https://cloud.google.com/bigquery/quotas#standard_tables"/>
internal sealed class MissingColumns(BigQueryClient client, string datasetId, ILogger logger) : IDisposable
{
    private const int MaxAtOnce = 4;

    private readonly SemaphoreSlim _places = new(MaxAtOnce);
    private readonly ConcurrentDictionary<TableName, Lazy<Task<bool>>> _changes = [];

    /// <summary>Adds what is missing.</summary>
    /// <param name="table">It has said that it lacks a column.</param>
    /// <param name="columns">What its rows have.</param>
    /// <returns>
    /// True where the table has all of them now. That inserts know them can take BigQuery some minutes more, in which
    /// the rows are to come again. False where it has a column otherwise: the rows are invalid there.
    /// </returns>
    public async Task<bool> AddAsync(TableName table, IReadOnlyList<Column> columns)
    {
        var change = _changes.GetOrAdd(table, key => new Lazy<Task<bool>>(() => ChangeAsync(key, columns)));
        try
        {
            return await change.Value;
        }
        finally
        {
            _changes.TryRemove(KeyValuePair.Create(table, change));
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task<bool> ChangeAsync(TableName table, IReadOnlyList<Column> columns)
    {
        await _places.WaitAsync();
        try
        {
            var there = (await client.GetTableAsync(datasetId, table.Id)).Resource;
            var difference = SchemaDifference.Between(columns, there.Schema);
            if (difference.Conflict is null && difference.Missing.Count > 0)
            {
                await PatchAsync(table, new Table { Schema = difference.AddTo(there.Schema) });
                logger.LogInformation("Added to a table of {Table}: {Columns}", table.Base, string.Join(", ", difference.Missing.Select(c => c.Name)));
            }

            return difference.Conflict is null;
        }
        finally
        {
            _places.Release();
        }
    }

    // Another instance may have changed the table in between. That says nothing of the rows, so they come again.
    private async Task PatchAsync(TableName table, Table change)
    {
        try
        {
            await client.PatchTableAsync(datasetId, table.Id, change);
        }
        catch (GoogleApiException e) when (e.HttpStatusCode is HttpStatusCode.BadRequest or HttpStatusCode.PreconditionFailed)
        {
            throw new IncompleteInsertException(BigQueryFailure.MessageOf(e));
        }
    }
}
