using System.Collections.Concurrent;
using System.Net;
using Google;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>
/// Knows which tables exist. A table is asked for before it counts as new; new ones are made no faster than the quota
/// allows and no more than the day's budget. Messages for known tables pass without waiting behind new ones.
/// </summary>
internal sealed class TableDirectory : IDisposable
{
    private const int MaxQuestions = 8;

    private readonly BigQueryClient _client;
    private readonly string _datasetId;
    private readonly TableLayout _layout;
    private readonly NewTablePacer _pacer;
    private readonly BigQueryRetry _retry;
    private readonly PipelineMeter _meter;
    private readonly OperatorLog _operatorLog;
    private readonly RecentTables _known = new();
    private readonly ConcurrentDictionary<TableName, Lazy<Task<TableName>>> _admissions = [];
    private readonly SemaphoreSlim _questions = new(MaxQuestions);

    public TableDirectory(
        BigQueryClient client, string datasetId, TableLayout layout, NewTablePacer pacer, BigQueryRetry retry, PipelineMeter meter, OperatorLog operatorLog)
    {
        _client = client;
        _datasetId = datasetId;
        _layout = layout;
        _pacer = pacer;
        _retry = retry;
        _meter = meter;
        _operatorLog = operatorLog;
    }

    /// <summary>As <see cref="IEventRowWriter.AdmitAsync"/>. A table without suffix was made at the start.</summary>
    public ValueTask<TableName> AdmitAsync(TableName table, DateTime day, CancellationToken cancellationToken)
    {
        if (table.Suffix.Length == 0 || _known.Contains(table))
        {
            return new(table);
        }

        // All messages for one new table share one question and one place in the queue of new tables.
        var admission = _admissions.GetOrAdd(table, key => new Lazy<Task<TableName>>(() => FindOrMakeAsync(key, day)));
        return new(admission.Value.WaitAsync(cancellationToken));
    }

    public void Dispose() => _questions.Dispose();

    private async Task<TableName> FindOrMakeAsync(TableName table, DateTime day)
    {
        try
        {
            if (!await ExistsAsync(table))
            {
                var overflow = _layout.OverflowOf(day);
                if (table != overflow && !_pacer.TryTakeFromBudget())
                {
                    _operatorLog.BudgetSpent();
                    return await AdmitAsync(overflow, day, CancellationToken.None);
                }

                await AwaitTurnAsync(countsAgainstBudget: table != overflow);
            }

            _known.Add(table);
            return table;
        }
        finally
        {
            _admissions.TryRemove(table, out _);
        }
    }

    private async Task AwaitTurnAsync(bool countsAgainstBudget)
    {
        try
        {
            await _pacer.WaitAsync();
            _meter.RecordNewTable();
        }
        catch (RowNotCommittedException)
        {
            if (countsAgainstBudget)
            {
                _pacer.ReturnToBudget();
            }

            throw;
        }
    }

    private async Task<bool> ExistsAsync(TableName table)
    {
        await _questions.WaitAsync();
        try
        {
            return await _retry.ExecuteAsync(ct => AskAsync(table, ct), CancellationToken.None);
        }
        catch (Exception e)
        {
            _operatorLog.InsertFailed(table, InsertFailure.Classify(e), e);
            throw new RowNotCommittedException($"Whether the table exists cannot be asked: {e.Message}", e);
        }
        finally
        {
            _questions.Release();
        }
    }

    private async Task<bool> AskAsync(TableName table, CancellationToken cancellationToken)
    {
        try
        {
            await _client.GetTableAsync(_datasetId, table.Id, cancellationToken: cancellationToken);
            return true;
        }
        catch (GoogleApiException e) when (e.HttpStatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }
}
