using Google.Cloud.BigQuery.V2;
using Microsoft.Extensions.Logging;
using PixelPipeline.Events;
using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>
/// Streams rows into BigQuery with <c>tabledata.insertAll</c>, making instance tables by template suffix.
/// </summary>
/// <seealso href="https://cloud.google.com/bigquery/docs/reference/rest/v2/tabledata/insertAll"/>
public sealed class BigQueryRowWriter : IEventRowWriter, IDisposable
{
    private readonly BigQueryClient _client;
    private readonly string _datasetId;
    private readonly TableDirectory _tables;
    private readonly BigQueryRetry _retry;
    private readonly OperatorLog _operatorLog;

    /// <summary>Sets a writer up.</summary>
    /// <param name="client">As <see cref="BigQueryEndpoint.CreateClient"/> makes it.</param>
    /// <param name="datasetId">The dataset of all tables.</param>
    /// <param name="layout">Names the overflow tables.</param>
    /// <param name="limits">How fast and how many new tables are made.</param>
    /// <param name="meter">Is told of retries and new tables.</param>
    /// <param name="time">Times pauses and deadlines.</param>
    /// <param name="logger">Told, once a minute, what an operator has to mend.</param>
    public BigQueryRowWriter(
        BigQueryClient client, string datasetId, TableLayout layout, NewTableLimits limits, PipelineMeter meter, TimeProvider time, ILogger<BigQueryRowWriter> logger)
    {
        _client = client;
        _datasetId = datasetId;
        _retry = new BigQueryRetry(meter, time);
        _operatorLog = new OperatorLog(logger, time);
        _tables = new TableDirectory(client, datasetId, layout, new NewTablePacer(limits, time), _retry, meter, _operatorLog);
    }

    /// <inheritdoc/>
    public ValueTask<TableName> AdmitAsync(TableName table, DateTime day, CancellationToken cancellationToken) =>
        _tables.AdmitAsync(table, day, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RowFate>> WriteAsync(TableName table, IReadOnlyList<EventRow> rows, CancellationToken cancellationToken)
    {
        var batch = new InsertBatch(rows);
        try
        {
            return await _retry.ExecuteAsync(ct => SendAsync(table, batch, ct), cancellationToken);
        }
        catch (Exception e) when (InsertFailure.Classify(e) is FailureKind.TooLarge or FailureKind.InvalidRequest)
        {
            return rows.Count == 1 ? [RowFate.Invalid(e.Message)] : await WriteHalvesAsync(table, rows, cancellationToken);
        }
        catch (Exception e)
        {
            _operatorLog.InsertFailed(table, InsertFailure.Classify(e), e);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _tables.Dispose();

    /// <summary>One attempt: sends what has no fate yet, and at once again without the rows found invalid.</summary>
    private async Task<IReadOnlyList<RowFate>> SendAsync(TableName table, InsertBatch batch, CancellationToken cancellationToken)
    {
        var options = new InsertOptions { SuppressInsertErrors = true, TemplateSuffix = table.Suffix.Length == 0 ? null : table.Suffix };
        while (!batch.IsSettled)
        {
            var results = await _client.InsertRowsAsync(_datasetId, table.Base, batch.ToInsertRows(), options, cancellationToken);
            batch.Settle(results);
        }

        return batch.Fates;
    }

    private async Task<IReadOnlyList<RowFate>> WriteHalvesAsync(TableName table, IReadOnlyList<EventRow> rows, CancellationToken cancellationToken)
    {
        var half = rows.Count / 2;
        var first = await WriteAsync(table, [.. rows.Take(half)], cancellationToken);
        var second = await WriteAsync(table, [.. rows.Skip(half)], cancellationToken);
        return [.. first, .. second];
    }
}
