using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace PixelPipeline.Importing;

/// <summary>What became of the lines of an import. Not safe for concurrent use.</summary>
public sealed class ImportCounts
{
    private readonly Dictionary<TableName, long> _written = [];
    private readonly Dictionary<IgnoredReason, long> _ignored = [];
    private readonly Dictionary<RejectedReason, long> _rejected = [];

    /// <summary>Lines that could not be read.</summary>
    public long BadLines { get; private set; }

    /// <summary>Rows, by the table they stand in.</summary>
    public IReadOnlyDictionary<TableName, long> Written => _written;

    /// <summary>Lines that are no events.</summary>
    public IReadOnlyDictionary<IgnoredReason, long> Ignored => _ignored;

    /// <summary>Lines that should have been events.</summary>
    public IReadOnlyDictionary<RejectedReason, long> Rejected => _rejected;

    /// <summary>All lines.</summary>
    public long Lines => WrittenRows + _ignored.Values.Sum() + RejectedRows + BadLines;

    /// <summary>Rows of all tables.</summary>
    public long WrittenRows => _written.Values.Sum();

    /// <summary>Rejections of all reasons.</summary>
    public long RejectedRows => _rejected.Values.Sum();

    /// <summary>Counts what became of an entry.</summary>
    public void Add(EntryOutcome outcome)
    {
        switch (outcome)
        {
            case EntryOutcome.Written written:
                Add(_written, written.Table, 1);
                break;
            case EntryOutcome.Ignored ignored:
                Add(_ignored, ignored.Reason, 1);
                break;
            case EntryOutcome.Rejected rejected:
                Add(_rejected, rejected.Reason, 1);
                break;
        }
    }

    internal void AddBad(int lines) => BadLines += lines;

    /// <summary>Adds other counts up with these.</summary>
    public void Add(ImportCounts other)
    {
        Add(_written, other._written);
        Add(_ignored, other._ignored);
        Add(_rejected, other._rejected);
        BadLines += other.BadLines;
    }

    private static void Add<T>(Dictionary<T, long> to, Dictionary<T, long> from)
        where T : notnull
    {
        foreach (var (key, count) in from)
        {
            Add(to, key, count);
        }
    }

    private static void Add<T>(Dictionary<T, long> to, T key, long count)
        where T : notnull => to[key] = to.GetValueOrDefault(key) + count;
}
