using System.Runtime.InteropServices;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Rows;
using PixelPipeline.LocalBigQuery.Schemas;
using PixelPipeline.LocalBigQuery.Sql;
using PixelPipeline.LocalBigQuery.Storage;

namespace PixelPipeline.LocalBigQuery.Changes;

/// <summary>Applies the changes that a statement comes to. Its work runs on the writer's thread, whose transaction makes it all or nothing.</summary>
/// <param name="session">The writer's.</param>
/// <param name="table">What messages call the table: <c>local.pixels.pixel</c>.</param>
/// <param name="tableKey">The table.</param>
/// <param name="schema">Its columns.</param>
/// <param name="buffer">Says which rows are not to be changed yet.</param>
internal sealed class ChangeCommit(SqlSession session, string table, long tableKey, TableSchema schema, StreamingBuffer buffer) : IDisposable
{
    private readonly RowAppender _appender = new(session, tableKey);
    private readonly HashSet<long> _touched = [];
    private readonly long? _tooYoung = buffer.FirstOf(tableKey);
    private readonly long _before = RowStore.Count(session, tableKey);
    private long _bytes;
    private long _inserted;
    private long _updated;
    private long _deleted;

    /// <summary>Applies them and counts them.</summary>
    /// <param name="lines">In the form of <see cref="RowChange"/>.</param>
    /// <exception cref="ApiException">400: a row would lack a REQUIRED value, is changed twice, or is still in the streaming buffer.</exception>
    public ChangeCounts Apply(IEnumerable<ReadOnlyMemory<byte>> lines)
    {
        foreach (var line in lines)
        {
            Apply(RowChange.Of(MemoryMarshal.AsMemory(line).Span)); // the reader's own buffer, which it does not look at again
        }

        if (_touched.Count > 0)
        {
            RowStore.Touch(session, tableKey);
            RowStore.SetCount(session, tableKey, _before + _inserted - _deleted);
        }

        _appender.AddBytes(_bytes);
        return new ChangeCounts(_inserted, _updated, _deleted);
    }

    /// <inheritdoc/>
    public void Dispose() => _appender.Dispose();

    private void Apply(RowChange change)
    {
        if (change.Action != RowAction.Delete)
        {
            _bytes += RowSize.Of(schema, change.Values, out var missing);
            if (missing is not null)
            {
                throw Invalid($"Required field {missing} cannot be null");
            }
        }

        if (change.Action == RowAction.Insert)
        {
            _appender.Add(change.Values);
            _inserted++;
            return;
        }

        if (!_touched.Add(change.Number))
        {
            throw Invalid("UPDATE/MERGE must match at most one source row for each target row");
        }

        if (change.Number >= _tooYoung)
        {
            throw Invalid($"UPDATE or DELETE statement over table {table} would affect rows in the streaming buffer, which is not supported");
        }

        _bytes -= RowSize.Of(schema, RowStore.Read(session, tableKey, change.Number), out _);
        if (change.Action == RowAction.Delete)
        {
            RowStore.Remove(session, tableKey, change.Number);
            _deleted++;
        }
        else
        {
            RowStore.Replace(session, tableKey, change.Number, change.Values);
            _updated++;
        }
    }

    private static ApiException Invalid(string message) => new(400, "invalidQuery", message, "query");
}
