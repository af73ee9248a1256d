using System.Collections;
using System.Globalization;
using Google.Apis.Bigquery.v2.Data;
using Google.Apis.Requests;

namespace Google.Cloud.BigQuery.V2;

/// <summary>What became of an insert whose request succeeded.</summary>
public sealed class BigQueryInsertResults
{
    private readonly BigQueryClient _client;
    private readonly InsertOptions _options;
    private readonly BigQueryInsertRowErrors[] _errors;

    public BigQueryInsertResults(
        BigQueryClient client,
        InsertOptions options,
        IReadOnlyList<BigQueryInsertRow> originalRows,
        TableDataInsertAllResponse insertResponse)
    {
        ArgumentNullException.ThrowIfNull(originalRows);
        ArgumentNullException.ThrowIfNull(insertResponse);
        (_client, _options, InsertAttemptRowCount) = (client, options, originalRows.Count);
        _errors = [.. (insertResponse.InsertErrors ?? [])
            .Where(error => error is not null)
            .GroupBy(error => error.Index)
            .Select(row => new BigQueryInsertRowErrors(Row(originalRows, row.Key), [.. row]))];
        OriginalRowsWithErrors = _errors.Count(error => error.OriginalRow is not null);
    }

    public IEnumerable<BigQueryInsertRowErrors> Errors => _errors;

    public int InsertAttemptRowCount { get; }

    public int OriginalRowsWithErrors { get; }

    /// <summary>One bad row keeps all rows out, unless invalid rows are skipped.</summary>
    public BigQueryInsertStatus Status
    {
        get
        {
            if (_errors.Length == 0)
            {
                return BigQueryInsertStatus.AllRowsInserted;
            }

            return _options?.SkipInvalidRows == true && OriginalRowsWithErrors < InsertAttemptRowCount
                ? BigQueryInsertStatus.SomeRowsInserted
                : BigQueryInsertStatus.NoRowsInserted;
        }
    }

    public BigQueryInsertResults ThrowOnNotAllInserted() => ThrowOnAnyError();

    public BigQueryInsertResults ThrowOnNoneInserted() =>
        Status == BigQueryInsertStatus.NoRowsInserted ? ThrowOnAnyError() : this;

    /// <exception cref="GoogleApiException">A row has errors; the exception has no HTTP status.</exception>
    public BigQueryInsertResults ThrowOnAnyError() => _errors.Length == 0
        ? this
        : throw new GoogleApiException(_client.Service.Name, $"Error inserting data. Status: {Status}")
        {
            Error = new RequestError { Errors = [.. _errors.SelectMany(row => row)] },
        };

    private static BigQueryInsertRow Row(IReadOnlyList<BigQueryInsertRow> rows, long? index) =>
        index >= 0 && index < rows.Count ? rows[(int)index] : null;
}

/// <summary>The errors of one row.</summary>
public sealed class BigQueryInsertRowErrors : IEnumerable<SingleError>
{
    private readonly TableDataInsertAllResponse.InsertErrorsData[] _errors;

    public BigQueryInsertRowErrors(BigQueryInsertRow originalRow, IReadOnlyList<TableDataInsertAllResponse.InsertErrorsData> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        ArgumentOutOfRangeException.ThrowIfZero(errors.Count, nameof(errors));
        (OriginalRow, _errors) = (originalRow, [.. errors]);
    }

    /// <summary>The row, null where the error names none.</summary>
    public BigQueryInsertRow OriginalRow { get; }

    public long? OriginalRowIndex => _errors[0].Index;

    public IEnumerator<SingleError> GetEnumerator()
    {
        var prefix = $"Error in row {OriginalRowIndex?.ToString(CultureInfo.InvariantCulture) ?? "unknown"}.";
        var details = _errors
            .SelectMany(row => row.Errors ?? [])
            .Where(detail => detail is not null)
            .Select(detail => new SingleError
            {
                Location = detail.Location,
                Reason = detail.Reason,
                Message = $"{prefix} {detail.Message}",
            });
        return details.DefaultIfEmpty(new SingleError { Message = prefix }).GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
