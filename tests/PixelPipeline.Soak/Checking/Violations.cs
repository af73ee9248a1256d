using System.Collections.Concurrent;

namespace PixelPipeline.Soak.Checking;

/// <summary>What must not happen and did; the first ones in words, all of them in number.</summary>
internal sealed class Violations
{
    private const int MaxKept = 20;

    private readonly ConcurrentQueue<string> _first = new();
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public IReadOnlyCollection<string> First => _first;

    public void Add(string what)
    {
        if (Interlocked.Increment(ref _count) <= MaxKept)
        {
            _first.Enqueue(what);
        }
    }
}
