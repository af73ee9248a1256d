using System.Buffers;

namespace PixelPipeline.LocalBigQuery.Loads;

/// <summary>Some rows of a load in their stored form, in memory that is used again. Dispose it.</summary>
internal sealed class RowChunk : IDisposable
{
    private const int UsualBytes = 512 * 1024;

    private readonly List<int> _ends = [];
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(UsualBytes);
    private int _length;

    /// <summary>How many rows it has.</summary>
    public int Count => _ends.Count;

    /// <summary>Their size as BigQuery counts it.</summary>
    public long LogicalBytes { get; private set; }

    /// <summary>Whether it is large enough to be passed on.</summary>
    public bool IsFull => _length >= UsualBytes - (UsualBytes / 8);

    /// <summary>A row's stored form, UTF-8.</summary>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            var start = index == 0 ? 0 : _ends[index - 1];
            return _bytes.AsSpan(start, _ends[index] - start);
        }
    }

    /// <summary>Adds a row.</summary>
    public void Add(ReadOnlySpan<byte> stored, int logicalBytes)
    {
        if (_length + stored.Length > _bytes.Length)
        {
            Grow(_length + stored.Length);
        }

        stored.CopyTo(_bytes.AsSpan(_length));
        _length += stored.Length;
        _ends.Add(_length);
        LogicalBytes += logicalBytes;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, _length) = ([], 0);
    }

    private void Grow(int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(length);
        _bytes.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
