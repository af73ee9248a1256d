using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PixelPipeline.Summaries;

/// <summary>
/// Counts by day and bytes, without making an object for a key that is known. Not safe for concurrent use: each worker
/// has its own, and they are added up at the end.
/// </summary>
internal sealed class HitCounts
{
    // Keys come from strangers: a seed of each process's own keeps them from choosing ones that collide.
    private static readonly ulong Seed = (ulong)Random.Shared.NextInt64();

    private Entry[] _entries = new Entry[1_024];

    /// <summary>How many different keys.</summary>
    public int Count { get; private set; }

    /// <summary>All counts, in no order.</summary>
    public IEnumerable<HitCount> All
    {
        get
        {
            foreach (var entry in _entries)
            {
                if (entry.Key is not null)
                {
                    yield return new HitCount(entry.Day, entry.Key, entry.Hits);
                }
            }
        }
    }

    /// <summary>Counts hits.</summary>
    /// <param name="day">Days since 1970, UTC.</param>
    /// <param name="key">Any bytes.</param>
    /// <param name="hits">How many.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // see ChunkCounter
    public void Add(int day, ReadOnlySpan<byte> key, long hits = 1)
    {
        var hash = Hash(day, key);
        ref var entry = ref Find(_entries, hash, day, key);
        entry.Hits += hits;
        if (entry.Key is null)
        {
            entry = new Entry { Hash = hash, Day = day, Key = key.ToArray(), Hits = hits };
            if (++Count > _entries.Length / 2)
            {
                Grow();
            }
        }
    }

    /// <summary>Adds all of another's counts.</summary>
    public void Add(HitCounts other)
    {
        foreach (var count in other.All)
        {
            Add(count.Day, count.Key, count.Hits);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // see ChunkCounter
    private static ref Entry Find(Entry[] entries, ulong hash, int day, ReadOnlySpan<byte> key)
    {
        for (var i = hash; ; i++)
        {
            ref var entry = ref entries[i & (ulong)(entries.Length - 1)];
            if (entry.Key is null || (entry.Hash == hash && entry.Day == day && key.SequenceEqual(entry.Key)))
            {
                return ref entry;
            }
        }
    }

    private void Grow()
    {
        var larger = new Entry[_entries.Length * 2];
        foreach (var entry in _entries)
        {
            if (entry.Key is not null)
            {
                Find(larger, entry.Hash, entry.Day, entry.Key) = entry;
            }
        }

        _entries = larger;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // see ChunkCounter
    private static ulong Hash(int day, ReadOnlySpan<byte> key)
    {
        var hash = Mix(Seed ^ (uint)day, (ulong)key.Length);
        for (; key.Length >= sizeof(ulong); key = key[sizeof(ulong)..])
        {
            hash = Mix(hash, MemoryMarshal.Read<ulong>(key));
        }

        if (key.Length >= sizeof(uint))
        {
            hash = Mix(hash, BinaryPrimitives.ReadUInt32LittleEndian(key));
            key = key[sizeof(uint)..];
        }

        foreach (var rest in key)
        {
            hash = Mix(hash, rest);
        }

        return hash;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong hash, ulong value)
    {
        var high = Math.BigMul(hash ^ value, 0x9E3779B97F4A7C15, out var low);
        return (high ^ low) + 0x2545F4914F6CDD1D;
    }

    private struct Entry
    {
        public ulong Hash;
        public byte[]? Key;
        public long Hits;
        public int Day;
    }
}
