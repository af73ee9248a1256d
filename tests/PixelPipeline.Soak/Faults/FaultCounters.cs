using System.Collections.Concurrent;

namespace PixelPipeline.Soak.Faults;

/// <summary>How often what happened, by name.</summary>
internal sealed class FaultCounters
{
    private readonly ConcurrentDictionary<string, long> _counts = [];

    public void Count(string name) => _counts.AddOrUpdate(name, 1, (_, count) => count + 1);

    public long Of(string name) => _counts.GetValueOrDefault(name);

    /// <summary>All of them, the name first.</summary>
    public IEnumerable<(string Name, long Count)> All => _counts.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => (c.Key, c.Value));
}
