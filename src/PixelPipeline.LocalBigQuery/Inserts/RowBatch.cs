using System.Text;
using System.Text.Json;
using PixelPipeline.LocalBigQuery.Rows;
using PixelPipeline.LocalBigQuery.Schemas;
using PixelPipeline.LocalBigQuery.Storage;

namespace PixelPipeline.LocalBigQuery.Inserts;

/// <summary>The rows of a request that are to be inserted, and the errors of those that are not.</summary>
internal sealed record RowBatch(List<InsertedRow> Rows, List<RowError> Errors)
{
    /// <summary>
    /// Checks all rows. If one is invalid and the request does not skip invalid rows, none is inserted: the others
    /// are <c>stopped</c>.
    /// </summary>
    /// <exception cref="Api.ApiException">400: an insertId is no insertId.</exception>
    public static RowBatch Encode(InsertAllRequest request, TableSchema schema)
    {
        using var encoder = new RowEncoder(schema, request.IgnoreUnknownValues);
        var batch = new RowBatch(new List<InsertedRow>(request.Rows.GetArrayLength()), []);
        var index = 0;
        foreach (var row in request.Rows.EnumerateArray())
        {
            batch.Add(encoder, index++, row);
        }

        return batch.Errors.Count == 0 || request.SkipInvalidRows ? batch : batch.Stop(index);
    }

    private void Add(RowEncoder encoder, int index, JsonElement row)
    {
        if (!InsertAllRequest.TryGetFields(row, out var fields))
        {
            Errors.Add(RowError.Invalid(index, "", "A row needs an object of fields named json."));
        }
        else if (encoder.Encode(fields, out var bytes) is { } misfit)
        {
            Errors.Add(RowError.Invalid(index, misfit.Field, misfit.Message));
        }
        else
        {
            Rows.Add(new InsertedRow(InsertAllRequest.InsertId(row), Encoding.UTF8.GetString(encoder.Stored), bytes));
        }
    }

    private RowBatch Stop(int count)
    {
        var invalid = Errors.ToDictionary(error => error.Index);
        var all = Enumerable.Range(0, count)
            .Select(index => invalid.TryGetValue(index, out var error) ? error : RowError.Stopped(index));
        return new RowBatch([], [.. all]);
    }
}
