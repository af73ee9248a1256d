using PixelPipeline.Logs.Formats;

namespace PixelPipeline.Logs.Files;

/// <summary>Cuts the texts of one open file into chunks of whole lines, one after the other. Not safe for concurrent use.</summary>
internal sealed class FileChunks : IDisposable
{
    private readonly OpenLog _log;
    private readonly LogFormat? _namedFormat;
    private readonly byte[] _rest;
    private int _restLength;
    private long _offset;
    private bool _hasLines;
    private LogFormat? _format;
    private LogHeader? _header;
    private int _textIndex = -1;

    /// <summary>Begins at the file's start.</summary>
    /// <param name="log">The file; closed with this.</param>
    /// <param name="format">Its format; null to look at its first lines.</param>
    /// <param name="rest">Room for one read, whose content does not matter.</param>
    public FileChunks(OpenLog log, LogFormat? format, byte[] rest)
    {
        _log = log;
        _namedFormat = format;
        _rest = rest;
    }

    /// <summary>Bytes of text read so far.</summary>
    public long TextBytesRead { get; private set; }

    /// <summary>Stored bytes read so far; 0 where that is not known.</summary>
    public long StoredPosition => _log.StoredPosition;

    /// <summary>Stored bytes once it is read whole.</summary>
    public long StoredLength => _log.StoredLength;

    /// <summary>Reads the next chunk.</summary>
    /// <param name="chunk">Its lines and what is known of them are filled in.</param>
    /// <returns>False at the file's end.</returns>
    public bool TryRead(LineChunk chunk)
    {
        while (_textIndex < 0 || !TryReadText(chunk))
        {
            if (!_log.TryNextText())
            {
                return false;
            }

            _textIndex++;
            _hasLines = false;
            _format = null;
            _header = null;
        }

        return true;
    }

    public void Dispose() => _log.Dispose();

    private bool TryReadText(LineChunk chunk)
    {
        _rest.AsSpan(0, _restLength).CopyTo(chunk.Buffer);
        var length = _restLength;
        _restLength = 0;
        while (true)
        {
            var read = ReadText(chunk.Buffer.AsSpan(length, Math.Min(LineChunkReader.ReadBytes, chunk.Buffer.Length - length)));
            var end = chunk.Buffer.AsSpan(length, read).LastIndexOf((byte)'\n');
            if (end >= 0)
            {
                end += length + 1;
                length += read;
                KeepRest(chunk.Buffer.AsSpan(end, length - end));
                return Complete(chunk, end, end);
            }

            length += read;
            if (read == 0)
            {
                // Where a file breaks off, half a line is no line: it could be read as another event, or as another user's.
                return length > 0 && !_log.IsBroken && Complete(chunk, length, length);
            }

            // One more than the bound: the carriage return of a line that is just short enough.
            if (length > LineChunkReader.MaxLineBytes + 1)
            {
                return Complete(chunk, 0, SkipLine(chunk.Buffer, length));
            }
        }
    }

    private int ReadText(Span<byte> buffer)
    {
        var read = _log.Read(buffer);
        TextBytesRead += read;
        return read;
    }

    private void KeepRest(ReadOnlySpan<byte> rest)
    {
        rest.CopyTo(_rest);
        _restLength = rest.Length;
    }

    /// <summary>Passes over the rest of a line, of which the buffer holds the beginning.</summary>
    /// <returns>The line's length with its end.</returns>
    private long SkipLine(Span<byte> buffer, long length)
    {
        while (ReadText(buffer[..LineChunkReader.ReadBytes]) is var read and > 0)
        {
            var end = buffer[..read].IndexOf((byte)'\n');
            if (end >= 0)
            {
                KeepRest(buffer[(end + 1)..read]);
                return length + end + 1;
            }

            length += read;
        }

        return length;
    }

    private bool Complete(LineChunk chunk, int length, long consumed)
    {
        if (!_hasLines && length > 0)
        {
            _format = _namedFormat ?? FormatDetection.Detect(chunk.Buffer.AsSpan(0, length));
            _hasLines = true;
        }

        chunk.Length = length;
        chunk.IsTooLongLine = length == 0;
        chunk.Offset = _offset;
        chunk.EndOffset = _offset += consumed;
        chunk.TextIndex = _textIndex;
        chunk.Name = _log.Name;
        chunk.Format = _format;
        chunk.TimeZone = _log.TimeZone;
        chunk.Header = _header;
        FollowHeaders(chunk.Lines);
        return true;
    }

    // A file put together of several has several headers: each holds from its line on, in later chunks as well.
    private void FollowHeaders(ReadOnlySpan<byte> lines)
    {
        if (_format is null || _format.HeaderMark.IsEmpty)
        {
            return;
        }

        for (var start = 0; lines[start..].IndexOf(_format.HeaderMark) is var next and >= 0; start++)
        {
            start += next;
            if (start == 0 || lines[start - 1] == '\n')
            {
                var line = lines[start..];
                _header = _format.ReadHeader(LineFields.Cut(ref line, (byte)'\n')) ?? _header;
            }
        }
    }
}
