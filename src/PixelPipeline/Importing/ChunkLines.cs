using PixelPipeline.Logs;
using PixelPipeline.Logs.Files;
using PixelPipeline.Logs.Formats;

namespace PixelPipeline.Importing;

/// <summary>The lines of one chunk, each with its hash and occurrence where its format gives it no insertId.</summary>
internal sealed class ChunkLines
{
    private readonly List<Line> _lines = [];

    /// <summary>The lines that are there to be read, in order.</summary>
    public IReadOnlyList<Line> Lines => _lines;

    /// <summary>All lines, also those that are passed over.</summary>
    public int Count { get; private set; }

    /// <summary>Finds the lines of a chunk. Nothing here depends on other chunks.</summary>
    public void Find(LineChunk chunk, LogLineReader reader, LineOccurrences occurrences)
    {
        _lines.Clear();
        Count = chunk.IsTooLongLine ? 1 : 0;
        for (var start = 0; start < chunk.Length;)
        {
            var length = chunk.Lines[start..].IndexOf((byte)'\n');
            var end = length < 0 ? chunk.Length : start + length;
            var line = chunk.Lines[start..end].TrimEnd((byte)'\r');
            Count++;
            if (!reader.IsSkipped(line, chunk.Format))
            {
                var hash = chunk.Format is { IsEntries: true } ? default : occurrences.HashOf(line);
                _lines.Add(new Line(Count, start, line.Length, hash, 0, reader.Header));
            }

            start = end + 1;
        }
    }

    /// <summary>Numbers equal lines. Chunks take their turns here, in order.</summary>
    public void Number(LineChunk chunk, LineOccurrences occurrences)
    {
        for (var i = 0; i < _lines.Count && chunk.Format is not { IsEntries: true }; i++)
        {
            _lines[i] = _lines[i] with { Occurrence = occurrences.Next(_lines[i].Hash) };
        }
    }

    /// <summary>One line.</summary>
    /// <param name="Number">Within the chunk, from 1 on.</param>
    /// <param name="Start">Within the chunk's buffer.</param>
    /// <param name="Length">Without its end.</param>
    /// <param name="Hash">Of its bytes.</param>
    /// <param name="Occurrence">How often it stood in the file before.</param>
    /// <param name="Header">The columns that hold for it.</param>
    public readonly record struct Line(int Number, int Start, int Length, UInt128 Hash, int Occurrence, LogHeader? Header);
}
