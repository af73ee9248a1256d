using System.Net;
using Google;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>Asks BigQuery whether tables exist: a few questions at once, each for a few seconds at most.</summary>
/// <seealso href="https://cloud.google.com/bigquery/docs/reference/rest/v2/tables/get"/>
internal sealed class TableQuestions : IDisposable
{
    private const int MaxAtOnce = 8;

    // Twice this and the pacer's wait is what an ack deadline of 60 s has beyond an insert's 45 s.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly BigQueryClient _client;
    private readonly string _datasetId;
    private readonly BigQueryRetry _retry;
    private readonly OperatorLog _operatorLog;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _places = new(MaxAtOnce);

    public TableQuestions(BigQueryClient client, string datasetId, BigQueryRetry retry, OperatorLog operatorLog, TimeProvider time)
    {
        _client = client;
        _datasetId = datasetId;
        _retry = retry;
        _operatorLog = operatorLog;
        _time = time;
    }

    /// <summary>Asks for one table.</summary>
    /// <exception cref="RowNotCommittedException">There is no answer in time.</exception>
    public async Task<bool> ExistsAsync(TableName table)
    {
        await TakePlaceAsync();
        try
        {
            return await _retry.ExecuteAsync(_retry.StartDeadline(Limit), ct => AskAsync(table, ct), CancellationToken.None);
        }
        catch (Exception e)
        {
            _operatorLog.RowsNotCommitted(table, e);
            throw new RowNotCommittedException($"Whether the table exists cannot be asked: {e.Message}", e);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task TakePlaceAsync()
    {
        using var patience = new CancellationTokenSource(Limit, _time);
        try
        {
            await _places.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new RowNotCommittedException("Too many tables are asked for at once.");
        }
    }

    private async Task<bool> AskAsync(TableName table, CancellationToken cancellationToken)
    {
        try
        {
            var found = await _client.GetTableAsync(_datasetId, table.Id, cancellationToken: cancellationToken);
            return found.Resource is not null ? true : throw new UnreadableAnswerException();
        }
        catch (GoogleApiException e) when (e.HttpStatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }
}
