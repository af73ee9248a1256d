using System.Net;
using Google;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.GoogleCloud.BigQuery;
using PixelPipeline.Tables;

namespace PixelPipeline.Dashboard.Questions;

/// <summary>Answers of the BigQuery behind a client, each within the operator's patience.</summary>
internal sealed class BigQueryAnswers(BigQueryClient client, DashboardOptions options) : IAnswers
{
    public Task<EventTables?> FindTablesAsync(CancellationToken cancellationToken) => InTimeAsync<EventTables>(async ct =>
    {
        var table = await client.GetTableAsync(options.DatasetId, options.BaseTable, cancellationToken: ct);
        var record = await new TableInventory(client, options.DatasetId, options.BaseTable).FindLayoutAsync(ct);
        var all = record is null ? null : TableLayout.AllEventsOf(record.Layout, options.BaseTable); // none before the first event of tables without a record
        return new EventTables(options.DatasetId, options.BaseTable, all?.Id)
        {
            Columns = [.. table.Schema.Fields.Where(f => f.Mode != "REPEATED").Select(f => (f.Name, f.Type))],
        };
    }, missing: null, cancellationToken);

    public async Task<Answer> AskAsync(Question question, CancellationToken cancellationToken) => (await InTimeAsync<Answer>(async ct =>
    {
        var results = await client.ExecuteQueryAsync(
            question.Sql,
            question.Parameters.Select(ToParameter),
            new QueryOptions { DefaultDataset = client.GetDatasetReference(options.DatasetId), MaximumBytesBilled = options.MaximumBytesBilled },
            cancellationToken: ct);
        var rows = new List<IReadOnlyList<object?>>();
        await foreach (var row in results.GetRowsAsync().WithCancellation(ct))
        {
            rows.Add(RowValues.Of(row));
        }

        return new Answer([.. results.Schema.Fields.Select(f => f.Name)], rows);
    }, missing: Answer.Nothing, cancellationToken))!;

    private static BigQueryParameter ToParameter(Parameter parameter) => parameter.Value switch
    {
        DateTime time => new(parameter.Name, BigQueryDbType.Timestamp, time),
        var text => new(parameter.Name, BigQueryDbType.String, text),
    };

    private async Task<T?> InTimeAsync<T>(Func<CancellationToken, Task<T?>> ask, T? missing, CancellationToken cancellationToken)
        where T : class
    {
        using var deadline = new CancellationTokenSource(options.Patience, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await ask(either.Token);
        }
        catch (GoogleApiException e) when (IsMissing(e))
        {
            return missing;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("BigQuery did not answer in time.", e);
        }
    }

    // A wildcard that matches no table is told as a fault of the query, of one status or the other.
    private static bool IsMissing(GoogleApiException e) =>
        e.HttpStatusCode == HttpStatusCode.NotFound || e.Error?.Message?.Contains("does not match any table", StringComparison.Ordinal) == true;
}
