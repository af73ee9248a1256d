using PixelPipeline.Importing;
using PixelPipeline.Writing;

namespace PixelPipeline.Cli.Replaying;

/// <summary>What today's schema makes of the lake's entries, against what is stored, by day, outcome and reason.</summary>
internal sealed class ReplayDifference
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<(DateOnly Day, string Outcome, string Reason), (long Entries, long New)> _counts = [];

    /// <summary>The columns of <see cref="Rows"/>.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["day", "outcome", "reason", "entries", "stored", "to_write"];

    /// <summary>Sorted by day, outcome and reason.</summary>
    public IEnumerable<object?[]> Rows => _counts.Select(c =>
        (object?[])[c.Key.Day, c.Key.Outcome, c.Key.Reason, c.Value.Entries, c.Key.Outcome == "ignored" ? null : c.Value.Entries - c.Value.New, c.Value.New]);

    /// <summary>Entries that would be written.</summary>
    public long ToWrite => _counts.Values.Sum(c => c.New);

    /// <summary>Counts an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="isNew">True where it is not stored as what it is now.</param>
    public void Add(ImportedEntry entry, bool isNew)
    {
        var (outcome, reason) = entry.Outcome switch
        {
            EntryOutcome.Ignored ignored => ("ignored", ignored.Reason.ToLabel()),
            EntryOutcome.Rejected rejected => ("rejected", rejected.Reason.ToLabel()),
            _ => ("written", ""),
        };
        lock (_lock)
        {
            var counted = _counts.GetValueOrDefault((entry.Day, outcome, reason));
            _counts[(entry.Day, outcome, reason)] = (counted.Entries + 1, counted.New + (isNew ? 1 : 0));
        }
    }
}
