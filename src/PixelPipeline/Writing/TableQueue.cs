using PixelPipeline.Tables;

namespace PixelPipeline.Writing;

/// <summary>The rows that wait for one table, in the order of their arrival. Guarded by the group commit's lock.</summary>
internal sealed class TableQueue
{
    // Linked, so that a withdrawn row leaves at once: behind an insert that hangs they would pile up.
    private readonly LinkedList<WaitingRow> _waiting = new();

    public TableQueue(TableName name) => Name = name;

    public TableName Name { get; }

    /// <summary>
    /// Tables by suffix are many, and an insert into a new one may be tried again for seconds, so they share the places.
    /// The others are a handful, and wait for nobody.
    /// </summary>
    public bool NeedsPlace => Name.Suffix.Length > 0;

    public bool IsEmpty => _waiting.Count == 0;

    public void Add(WaitingRow row) => _waiting.AddLast(row.Place);

    /// <summary>Takes the rows of the next insert: as many as the limits allow, at least one unless none waits.</summary>
    public List<WaitingRow> TakeBatch(GroupCommitLimits limits)
    {
        var batch = new List<WaitingRow>(Math.Min(_waiting.Count, limits.MaxRows));
        var bytes = 0L;
        while (batch.Count < limits.MaxRows && _waiting.First is { Value: var next }
            && (batch.Count == 0 || bytes + next.Row.SizeBytes <= limits.MaxBytes))
        {
            _waiting.RemoveFirst();
            batch.Add(next);
            bytes += next.Row.SizeBytes;
        }

        return batch;
    }
}
