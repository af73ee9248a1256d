using System.Collections;
using Google.Api.Gax;
using Google.Apis.Bigquery.v2.Data;

namespace Google.Cloud.BigQuery.V2;

/// <summary>The rows that a query found; the first page is here, the others are asked for as they are reached.</summary>
public sealed class BigQueryResults : IEnumerable<BigQueryRow>
{
    private readonly BigQueryClient _client;
    private readonly GetQueryResultsResponse _first;
    private readonly PagedAsyncEnumerable<GetQueryResultsResponse, BigQueryRow> _rest;
    private readonly bool _integerTimestamps;

    internal BigQueryResults(
        BigQueryClient client,
        GetQueryResultsResponse first,
        TableReference tableReference,
        PagedAsyncEnumerable<GetQueryResultsResponse, BigQueryRow> rest,
        bool integerTimestamps)
    {
        (_client, _first, _rest, _integerTimestamps) = (client, first, rest, integerTimestamps);
        TableReference = tableReference;
    }

    public JobReference JobReference => _first.JobReference;

    public TableSchema Schema => _first.Schema;

    public TableReference TableReference { get; }

    public ulong? TotalRows => _first.TotalRows;

    public long? NumDmlAffectedRows => _first.NumDmlAffectedRows;

    public IAsyncEnumerable<BigQueryRow> GetRowsAsync() => RowsAsync();

    /// <exception cref="GoogleApiException">The job has results and errors as well.</exception>
    public BigQueryResults ThrowOnAnyError()
    {
        if (_first.Errors is not { Count: > 0 } errors)
        {
            return this;
        }

        throw new GoogleApiException(_client.Service.Name, $"Job {JobReference.ProjectId}/{JobReference.JobId} contained errors")
        {
            Error = new Apis.Requests.RequestError
            {
                Errors = [.. errors.Select(error => new Apis.Requests.SingleError
                {
                    Location = error.Location,
                    Reason = error.Reason,
                    Message = error.Message,
                })],
            },
        };
    }

    public IEnumerator<BigQueryRow> GetEnumerator() => RowsAsync().ToBlockingEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static IEnumerable<BigQueryRow> Rows(GetQueryResultsResponse page, TableSchema schema, bool integerTimestamps) =>
        page.Rows?.Select(row => new BigQueryRow(row, schema, integerTimestamps)) ?? [];

    private async IAsyncEnumerable<BigQueryRow> RowsAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var row in Rows(_first, Schema, _integerTimestamps))
        {
            yield return row;
        }

        if (string.IsNullOrEmpty(_first.PageToken))
        {
            yield break;
        }

        await foreach (var row in _rest.WithCancellation(cancellationToken))
        {
            yield return row;
        }
    }
}
