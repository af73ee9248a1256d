namespace PixelPipeline.Logs.Files;

/// <summary>A stream some of whose bytes were read already, whole again. Owns the stream; can only be read.</summary>
internal sealed class PrefixedStream : ReadOnlyStream
{
    private readonly byte[] _prefix;
    private readonly Stream _rest;
    private readonly Exception? _failure;
    private int _position;
    private long _restRead;

    private PrefixedStream(byte[] prefix, Stream rest, Exception? failure)
    {
        _prefix = prefix;
        _rest = rest;
        _failure = failure;
    }

    /// <summary>How many bytes were read: there are decompressors that ask.</summary>
    public override long Position
    {
        get => _position + _restRead;
        set => throw new NotSupportedException();
    }

    /// <summary>Looks at a stream's first bytes.</summary>
    /// <param name="stream">At its start.</param>
    /// <param name="length">How many bytes to look at.</param>
    /// <param name="head">The bytes; fewer where the stream ends before, or fails: then what is returned fails behind them.</param>
    /// <returns>The stream as if nobody had looked.</returns>
    public static PrefixedStream Peek(Stream stream, int length, out byte[] head)
    {
        var buffer = new byte[length];
        var count = 0;
        Exception? failure = null;
        try
        {
            for (var read = -1; read != 0 && count < length; count += read)
            {
                read = stream.Read(buffer, count, length - count);
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            failure = e;
        }

        head = buffer[..count];
        return new PrefixedStream(head, stream, failure);
    }

    public override int Read(Span<byte> buffer)
    {
        if (_position == _prefix.Length || buffer.IsEmpty)
        {
            var read = _failure is null || buffer.IsEmpty ? _rest.Read(buffer) : throw _failure;
            _restRead += read;
            return read;
        }

        var count = Math.Min(buffer.Length, _prefix.Length - _position);
        _prefix.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _rest.Dispose();
        }

        base.Dispose(disposing);
    }
}
