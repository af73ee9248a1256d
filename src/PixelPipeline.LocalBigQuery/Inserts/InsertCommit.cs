using PixelPipeline.LocalBigQuery.Changes;
using PixelPipeline.LocalBigQuery.Storage;

namespace PixelPipeline.LocalBigQuery.Inserts;

/// <summary>Puts checked rows into their table. Its work runs on the writer's thread.</summary>
internal sealed class InsertCommit(TimeProvider time, StreamingBuffer buffer)
{
    private readonly InsertIdMemory _memory = new(time);

    /// <summary>
    /// Adds the rows that were not added within the last minute, and makes the table if need be; false, and nothing
    /// done, when the table is no longer what the rows were checked against.
    /// </summary>
    public bool TryApply(SqlSession session, InsertTarget target, IReadOnlyList<InsertedRow> rows)
    {
        if (target.Claim(session, time.GetUtcNow().ToUnixTimeMilliseconds()) is not { } tableKey)
        {
            return false;
        }

        var minute = _memory.Advance(session);
        var fresh = rows.Where(row => row.InsertId is null || InsertIdMemory.TryRemember(session, minute, tableKey, row.InsertId)).ToList();
        if (fresh.Count > 0)
        {
            var first = RowStore.Append(session, tableKey, fresh.Select(row => row.Values), fresh.Sum(row => (long)row.LogicalBytes));
            buffer.Add(tableKey, first, first + fresh.Count);
        }

        return true;
    }
}
