namespace PixelPipeline.Privacy.Files;

/// <summary>Reads a stream line by line, with where each line stands. For one pass.</summary>
/// <param name="stream">Not disposed here.</param>
internal sealed class LineScanner(Stream stream)
{
    private const int MaxLineBytes = 256 * 1024 * 1024;

    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _isAtEnd;

    /// <summary>The line without its newline; holds until the next one is read.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Where it begins, in bytes.</summary>
    public long Offset { get; private set; }

    /// <summary>Whether a newline ends it; false for what is left at the stream's end.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Goes on to the next line.</summary>
    /// <returns>False behind the last one.</returns>
    /// <exception cref="InvalidDataException">A line is longer than 256 MB.</exception>
    public bool TryNext()
    {
        Offset += Line.Length + (IsWhole ? 1 : 0);
        for (var searched = 0; ;)
        {
            var newline = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                Take(searched + newline, isWhole: true);
                return true;
            }

            searched = _end - _start;
            if (_isAtEnd || !Fill())
            {
                Take(searched, isWhole: false);
                return searched > 0;
            }
        }
    }

    private void Take(int length, bool isWhole)
    {
        (Line, IsWhole) = (_buffer.AsMemory(_start, length), isWhole);
        _start += length + (isWhole ? 1 : 0);
    }

    private bool Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_end, _start) = (_end - _start, 0);
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _end < MaxLineBytes ? _end * 2 : throw new InvalidDataException("A line is longer than 256 MB."));
        }

        var read = stream.Read(_buffer.AsSpan(_end));
        _end += read;
        _isAtEnd = read == 0;
        return !_isAtEnd;
    }
}
