using Google.Cloud.BigQuery.V2;
using PixelPipeline.Events;
using PixelPipeline.Writing;

namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>The rows of one insert while their fates become known, answer by answer.</summary>
/// <remarks>
/// A request with one invalid row inserts nothing: the invalid row says <c>invalid</c>, every other one <c>stopped</c>,
/// and those must be sent again.
/// </remarks>
internal sealed class InsertBatch
{
    private readonly IReadOnlyList<EventRow> _rows;
    private readonly RowFate[] _fates;
    private List<int> _pending;

    public InsertBatch(IReadOnlyList<EventRow> rows)
    {
        _rows = rows;
        _fates = new RowFate[rows.Count];
        _pending = [.. Enumerable.Range(0, rows.Count)];
    }

    /// <summary>True once every row has its fate.</summary>
    public bool IsSettled => _pending.Count == 0;

    /// <summary>The fates, in the rows' order.</summary>
    public IReadOnlyList<RowFate> Fates => _fates;

    /// <summary>The rows without a fate.</summary>
    public List<BigQueryInsertRow> ToInsertRows() => _pending.ConvertAll(i => BigQueryRows.ToInsertRow(_rows[i]));

    /// <summary>Takes in the answer to the rows last sent.</summary>
    /// <exception cref="IncompleteInsertException">Rows must be sent again, and no row was found invalid meanwhile.</exception>
    public void Settle(BigQueryInsertResults results)
    {
        var errors = results.Errors.ToList();
        if (errors.Count == 0)
        {
            _pending = [];
            return;
        }

        var invalid = errors
            .Select(e => (Row: _pending[(int)e.OriginalRowIndex!.Value], Error: e.FirstOrDefault(s => !InsertFailure.IsRetryable(s.Reason))))
            .Where(e => e.Error is not null)
            .ToDictionary(e => e.Row, e => $"{e.Error!.Location}: {e.Error.Message}".TrimStart(':', ' '));
        if (invalid.Count == 0)
        {
            throw new IncompleteInsertException(errors[0].FirstOrDefault()?.Reason);
        }

        foreach (var (row, message) in invalid)
        {
            _fates[row] = RowFate.Invalid(message);
        }

        _pending = _pending.FindAll(i => !invalid.ContainsKey(i));
    }
}
