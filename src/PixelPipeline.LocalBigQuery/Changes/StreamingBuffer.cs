using PixelPipeline.LocalBigQuery.Storage;

namespace PixelPipeline.LocalBigQuery.Changes;

/// <summary>
/// Which rows came in by <c>insertAll</c> a short while ago. BigQuery keeps them apart from the others, and statements that
/// would change them are refused (https://cloud.google.com/bigquery/docs/data-manipulation-language#limitations). Written by
/// the writer's thread; a restart empties it.
/// </summary>
/// <param name="time">Tells how old a row is.</param>
/// <param name="age">How long rows stay in it; zero for none, so that all rows can be changed at once.</param>
internal sealed class StreamingBuffer(TimeProvider time, TimeSpan age)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, Queue<(DateTimeOffset Arrived, long End)>> _arrivals = [];
    private readonly Dictionary<long, long> _first = [];

    /// <summary>Takes note of rows at the end of a table: they begin at a number and end before another.</summary>
    public void Add(long tableKey, long first, long end)
    {
        if (age <= TimeSpan.Zero)
        {
            return;
        }

        lock (_gate)
        {
            if (FirstIn(tableKey) is null)
            {
                (_arrivals[tableKey], _first[tableKey]) = (new(), first);
            }

            _arrivals[tableKey].Enqueue((time.GetUtcNow(), end));
        }
    }

    /// <summary>The number of the first row that is in it; null when none is. What comes behind it is taken to be in it, too.</summary>
    public long? FirstOf(long tableKey)
    {
        lock (_gate)
        {
            return FirstIn(tableKey);
        }
    }

    /// <summary>The rows that are in it and when the oldest came; null when there are none.</summary>
    public (long Rows, DateTimeOffset Oldest)? Of(SqlSession session, long tableKey)
    {
        lock (_gate)
        {
            return FirstIn(tableKey) is { } first && RowStore.Numbers(session, tableKey).End is var end && end > first
                ? (end - first, _arrivals[tableKey].Peek().Arrived)
                : null;
        }
    }

    // Lets those go that are old enough.
    private long? FirstIn(long tableKey)
    {
        if (!_arrivals.TryGetValue(tableKey, out var arrivals))
        {
            return null;
        }

        var old = time.GetUtcNow() - age;
        while (arrivals.TryPeek(out var oldest) && oldest.Arrived <= old)
        {
            _first[tableKey] = oldest.End;
            arrivals.Dequeue();
        }

        if (arrivals.Count > 0)
        {
            return _first[tableKey];
        }

        _arrivals.Remove(tableKey);
        _first.Remove(tableKey);
        return null;
    }
}
