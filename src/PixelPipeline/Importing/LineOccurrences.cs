using System.IO.Hashing;
using System.Security.Cryptography;

namespace PixelPipeline.Importing;

/// <summary>
/// Counts how often a line stood in a file before, so that lines that are equal byte by byte are events of their own.
/// Equal lines share their timestamp and so stand close together: a line is remembered over the next 1,048,576 lines at
/// least, and memory does not grow with the file.
/// </summary>
internal sealed class LineOccurrences
{
    internal const int Window = 1 << 20;

    // Visitors choose parts of their lines. They cannot know the seed, so none of them finds lines that share a hash.
    private readonly long _seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));

    private Dictionary<UInt128, int> _current = [];
    private Dictionary<UInt128, int> _previous = [];
    private int _lines;

    /// <summary>What lines are told apart by, in this run alone. Safe for concurrent use.</summary>
    public UInt128 HashOf(ReadOnlySpan<byte> line) => XxHash128.HashToUInt128(line, _seed);

    /// <summary>Another file begins.</summary>
    public void Clear()
    {
        _current.Clear();
        _previous.Clear();
        _lines = 0;
    }

    /// <summary>Takes the file's next line.</summary>
    /// <param name="hash">Of the line.</param>
    /// <returns>0 for its first occurrence.</returns>
    public int Next(UInt128 hash)
    {
        if (_lines == Window)
        {
            (_current, _previous) = (_previous, _current);
            _current.Clear();
            _lines = 0;
        }

        _lines++;
        var occurrence = _current.TryGetValue(hash, out var seen) || _previous.TryGetValue(hash, out seen) ? seen + 1 : 0;
        _current[hash] = occurrence;
        return occurrence;
    }
}
