using PixelPipeline.LocalBigQuery.Api;

namespace PixelPipeline.LocalBigQuery.Loads;

/// <summary>Reads a stream line by line, as bytes. Its memory grows with the longest line, not with the stream.</summary>
internal sealed class LineReader(Stream input)
{
    /// <summary>The longest line: a row's limit (https://cloud.google.com/bigquery/quotas#load_jobs).</summary>
    public const int MaximumBytes = 100 * 1024 * 1024;

    private byte[] _buffer = new byte[256 * 1024];
    private int _start;
    private int _searched;
    private int _end;
    private bool _ended;

    /// <summary>The number of the line that was read last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Where that line begins, in bytes.</summary>
    public long Position { get; private set; }

    /// <summary>Where the next line begins.</summary>
    public long NextPosition { get; private set; }

    /// <summary>The next line without its end; false after the last. The next call takes its bytes away.</summary>
    /// <exception cref="ApiException">A line is too long.</exception>
    public bool TryRead(out ReadOnlyMemory<byte> line)
    {
        int length;
        while ((length = _buffer.AsSpan(_searched, _end - _searched).IndexOf((byte)'\n')) < 0)
        {
            _searched = _end;
            if (!TryFill())
            {
                return TryTake(_end - _start, skip: 0, out line);
            }
        }

        return TryTake(_searched + length - _start, skip: 1, out line);
    }

    private bool TryTake(int length, int skip, out ReadOnlyMemory<byte> line)
    {
        line = _buffer.AsMemory(_start, length);
        if (length + skip == 0)
        {
            return false;
        }

        Number++;
        (Position, NextPosition) = (NextPosition, NextPosition + length + skip);
        _start += length + skip;
        _searched = _start;
        return true;
    }

    private bool TryFill()
    {
        if (_ended)
        {
            return false;
        }

        MakeRoom();
        var count = input.Read(_buffer, _end, _buffer.Length - _end);
        _ended = count == 0;
        _end += count;
        return count > 0;
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _searched, _end) = (0, _searched - _start, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            if (_end >= MaximumBytes)
            {
                throw ApiException.Invalid($"Error while reading data, error message: The row in line {Number + 1} is larger than the limit of {MaximumBytes} bytes.");
            }

            Array.Resize(ref _buffer, Math.Min(2 * _buffer.Length, MaximumBytes));
        }
    }
}
