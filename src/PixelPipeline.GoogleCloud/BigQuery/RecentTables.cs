using PixelPipeline.Tables;

namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>
/// The tables known to exist: those asked for most recently, between one and two times <see cref="GenerationSize"/> of
/// them. Forgetting one costs a question to BigQuery, no more.
/// </summary>
internal sealed class RecentTables
{
    internal const int GenerationSize = 50_000;

    private readonly Lock _lock = new();
    private HashSet<TableName> _young = [];
    private HashSet<TableName> _old = [];

    public bool Contains(TableName table)
    {
        lock (_lock)
        {
            return _young.Contains(table) || (_old.Contains(table) && AddYoung(table));
        }
    }

    public void Add(TableName table)
    {
        lock (_lock)
        {
            AddYoung(table);
        }
    }

    private bool AddYoung(TableName table)
    {
        if (_young.Count >= GenerationSize)
        {
            (_old, _young) = (_young, []);
        }

        return _young.Add(table);
    }
}
