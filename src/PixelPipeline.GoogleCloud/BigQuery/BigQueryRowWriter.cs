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
    private readonly InsertCalls _inserts;
    private readonly TableLayout _layout;
    private readonly TableQuestions _questions;
    private readonly TableDirectory _tables;
    private readonly MissingColumns _columns;
    private readonly NewTableEnds _ends;
    private readonly BigQueryRetry _retry;
    private readonly OperatorLog _operatorLog;

    /// <summary>Sets a writer up.</summary>
    /// <param name="client">As <see cref="BigQueryEndpoint.CreateClient"/> makes it.</param>
    /// <param name="datasetId">The dataset of all tables.</param>
    /// <param name="layout">Names the overflow tables and the table of rejected entries.</param>
    /// <param name="limits">How fast and how many new tables are made.</param>
    /// <param name="meter">Is told of retries and new tables.</param>
    /// <param name="time">Times pauses and deadlines.</param>
    /// <param name="logger">Told, once a minute, what an operator has to mend.</param>
    /// <param name="eventsDays">How many days new tables are kept; 0 for no end.</param>
    public BigQueryRowWriter(
        BigQueryClient client, string datasetId, TableLayout layout, NewTableLimits limits, PipelineMeter meter, TimeProvider time, ILogger<BigQueryRowWriter> logger, int eventsDays = 0)
    {
        _inserts = new InsertCalls(client, datasetId);
        _layout = layout;
        _retry = new BigQueryRetry(meter, time);
        _operatorLog = new OperatorLog(logger, time);
        _questions = new TableQuestions(client, datasetId, _retry, _operatorLog, time);
        _columns = new MissingColumns(client, datasetId, logger);
        _ends = new NewTableEnds(new EventRetention(client, datasetId, layout, time), eventsDays, time, logger);
        _tables = new TableDirectory(_questions, layout, new NewTablePacer(limits, time), meter, _operatorLog, time, _ends.Add);
    }

    /// <inheritdoc/>
    public ValueTask<TableName> AdmitAsync(TableName table, DateTime day, CancellationToken cancellationToken) =>
        _tables.AdmitAsync(table, day, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RowFate>> WriteAsync(TableName table, IReadOnlyList<EventRow> rows, CancellationToken cancellationToken)
    {
        var batch = new InsertBatch(rows);
        var deadline = _retry.StartDeadline(BigQueryRetry.InsertLimit);
        while (batch.TryTakePart(out var part))
        {
            await WritePartAsync(table, batch, part, deadline, cancellationToken);
        }

        var fates = batch.Fates;
        if (fates.FirstOrDefault(f => f.InvalidMessage is not null) is { InvalidMessage: { } message })
        {
            TellRefused(table, message);
        }

        return fates;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _questions.Dispose();
        _columns.Dispose();
        _ends.Dispose();
    }

    private void TellRefused(TableName table, string message)
    {
        if (table == _layout.RejectedTable)
        {
            _operatorLog.RejectionsRefused(table, message);
        }
        else if (_layout.AllEvents is { } all && all != table)
        {
            _operatorLog.RefusedByOwnTable(table, all, message);
        }
    }

    private async Task WritePartAsync(TableName table, InsertBatch batch, int[] part, RetryDeadline deadline, CancellationToken cancellationToken)
    {
        try
        {
            batch.Settle(part, await _retry.ExecuteAsync(deadline, ct => SendAsync(table, batch, part, ct), cancellationToken));
        }
        catch (Exception e) when (BigQueryFailure.Classify(e) is FailureKind.TooLarge or FailureKind.InvalidRequest)
        {
            batch.Split(part, BigQueryFailure.MessageOf(e));
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            _operatorLog.RowsNotCommitted(table, e);
            batch.Fail(part, e);
        }
    }

    private async Task<InsertErrors> SendAsync(TableName table, InsertBatch batch, int[] part, CancellationToken cancellationToken)
    {
        var errors = await _inserts.SendAsync(table, batch.ToJson(part), cancellationToken);
        return errors.LackColumn && table != _layout.RejectedTable && await _columns.AddAsync(table, batch.Columns)
            ? throw new IncompleteInsertException("the table was given columns that it lacked")
            : errors;
    }
}
