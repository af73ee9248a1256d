namespace PixelPipeline.Logs.Files;

/// <summary>Numbers the lines of files whose chunks come in order, and tells of the bad ones.</summary>
internal sealed class LineNumbers(Action<BadLine> bad)
{
    private (int File, int Text) _text = (-1, 0);
    private long _lines;

    /// <summary>Takes the next chunk, of which so many lines were counted.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="lines">All its lines.</param>
    /// <param name="badLines">The numbers within the chunk, from 1 on, of those that could not be read.</param>
    public ValueTask Add(LineChunk chunk, long lines, List<(int Line, BadLineReason Reason)> badLines)
    {
        if ((chunk.FileIndex, chunk.TextIndex) != _text)
        {
            _text = (chunk.FileIndex, chunk.TextIndex);
            _lines = 0;
        }

        foreach (var (line, reason) in badLines)
        {
            bad(new BadLine(chunk.Name, _lines + line, reason, reason == BadLineReason.SeveralFormats ? chunk.Format?.Label : null));
        }

        _lines += lines;
        return default;
    }
}
