namespace PixelPipeline.Local.AccessLog;

/// <summary>Reads one segment line by line. A last line without a newline is not a line.</summary>
internal sealed class SegmentCursor(SegmentId segment, FileStream file, long offset) : IDisposable
{
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private long _offset = offset; // of _buffer[_start] in the file

    /// <summary>Reads the next line that ends at or before <paramref name="limit"/>, an offset in bytes.</summary>
    /// <returns>False where there is none (yet).</returns>
    public bool TryRead(long limit, out LogLine line)
    {
        var searched = 0;
        while (true)
        {
            var newline = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                line = Take(searched + newline);
                return true;
            }

            searched = _end - _start;
            if (!Fill(limit))
            {
                line = default;
                return false;
            }
        }
    }

    public void Dispose() => file.Dispose();

    private LogLine Take(int length)
    {
        var line = new LogLine(
            new(segment, _offset), new(segment, _offset + length + 1), _buffer.AsMemory(_start, length));
        _start += length + 1;
        _offset += length + 1;
        return line;
    }

    private bool Fill(long limit)
    {
        var from = _offset + (_end - _start);
        if (from >= limit)
        {
            return false;
        }

        MakeRoom();
        var count = (int)Math.Min(_buffer.Length - _end, limit - from);
        file.Position = from;
        var read = file.Read(_buffer, _end, count);
        _end += read;
        return read > 0;
    }

    private void MakeRoom()
    {
        // Lines handed out earlier are no longer in use, but the bytes still unread move to the front.
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }
}
