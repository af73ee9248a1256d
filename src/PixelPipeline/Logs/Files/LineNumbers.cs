namespace PixelPipeline.Logs.Files;

/// <summary>Numbers the lines of files whose chunks come in order, and tells of the bad ones.</summary>
internal sealed class LineNumbers(Action<BadLine> bad)
{
    private int _fileIndex = -1;
    private long _lines;

    /// <summary>Takes the next chunk, of which so many lines were counted.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="lines">All its lines.</param>
    /// <param name="badLines">The numbers within the chunk, from 1 on, of those that could not be read.</param>
    public ValueTask Add(LineChunk chunk, long lines, List<(int Line, BadLineReason Reason)> badLines)
    {
        if (chunk.FileIndex != _fileIndex)
        {
            _fileIndex = chunk.FileIndex;
            _lines = 0;
        }

        foreach (var (line, reason) in badLines)
        {
            bad(new BadLine(chunk.File.Name, _lines + line, reason));
        }

        _lines += lines;
        return default;
    }
}
