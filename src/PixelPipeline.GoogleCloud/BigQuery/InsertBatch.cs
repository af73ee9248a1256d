using PixelPipeline.Events;
using PixelPipeline.Writing;

namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>The rows of one insert while their fates become known, in parts that are sent one after the other.</summary>
/// <remarks>
/// A request with one invalid row inserts nothing: the invalid row says <c>invalid</c>, every other one <c>stopped</c>,
/// and those must be sent again. A row that the answer does not name goes again too; its insert id makes that harmless.
/// </remarks>
internal sealed class InsertBatch
{
    private readonly IReadOnlyList<EventRow> _rows;
    private readonly RowFate?[] _fates;
    private readonly Queue<int[]> _parts = new();

    public InsertBatch(IReadOnlyList<EventRow> rows)
    {
        _rows = rows;
        _fates = new RowFate?[rows.Count];
        _parts.Enqueue([.. Enumerable.Range(0, rows.Count)]);
    }

    /// <summary>What the rows have: all the same.</summary>
    public IReadOnlyList<Column> Columns => _rows[0].Columns;

    /// <summary>The fates, in the rows' order, once no part is left.</summary>
    /// <exception cref="InvalidOperationException">A row has no fate.</exception>
    public IReadOnlyList<RowFate> Fates => Array.ConvertAll(_fates, f => f!.Value);

    /// <summary>The next rows to send; false once every row has its fate.</summary>
    public bool TryTakePart(out int[] part) => _parts.TryDequeue(out part!);

    /// <summary>The rows of a part, as the request has them.</summary>
    public ReadOnlyMemory<byte>[] ToJson(int[] part) => Array.ConvertAll(part, i => _rows[i].InsertJson);

    /// <summary>Takes in what was said of a part.</summary>
    public void Settle(int[] part, InsertErrors errors)
    {
        if (errors.AreNone)
        {
            SetFates(part, RowFate.Committed);
            return;
        }

        foreach (var (place, message) in errors.Invalid)
        {
            _fates[part[place]] = RowFate.Invalid(message);
        }

        AddPart([.. part.Where((_, place) => !errors.Invalid.ContainsKey(place) && !errors.Doubtful.Contains(place))]);
        AddPart([.. errors.Doubtful.Where(place => !errors.Invalid.ContainsKey(place)).Order().Select(place => part[place])]);
    }

    /// <summary>Takes in that BigQuery does not take a part as it is: halves it, down to the row that is the cause.</summary>
    public void Split(int[] part, string message)
    {
        if (part.Length == 1)
        {
            SetFates(part, RowFate.Invalid(message));
            return;
        }

        AddPart(part[..(part.Length / 2)]);
        AddPart(part[(part.Length / 2)..]);
    }

    /// <summary>Takes in that nothing is known of a part's rows.</summary>
    public void Fail(int[] part, Exception cause) => SetFates(part, RowFate.Unknown(cause));

    private void AddPart(int[] part)
    {
        if (part.Length > 0)
        {
            _parts.Enqueue(part);
        }
    }

    private void SetFates(int[] part, RowFate fate)
    {
        foreach (var row in part)
        {
            _fates[row] = fate;
        }
    }
}
