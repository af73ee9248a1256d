namespace PixelPipeline.Logs.Files;

/// <summary>
/// Cuts files, one after the other, into chunks of whole lines. Whoever wants a chunk reads it on its own thread, so
/// that the bytes are in that core's cache; one at a time. Memory does not grow with the files.
/// </summary>
internal sealed class LineChunkReader : IDisposable
{
    /// <summary>1,048,576 bytes, without the line's end: four times the longest LogEntry. A longer line cannot be read.</summary>
    public const int MaxLineBytes = 1 << 20;

    /// <summary>How much one read asks for: what fits a core's cache.</summary>
    public const int ReadBytes = 1 << 18;

    private readonly Lock _lock = new();
    private readonly IReadOnlyList<LogFile> _files;
    private readonly LogFormat? _format;
    private readonly Action<LogFile, Exception> _failed;
    private readonly byte[] _rest = new byte[ReadBytes];

    private int _fileIndex = -1;
    private OpenLog? _log;
    private int _restLength;
    private long _offset;
    private long _sequence;
    private bool _isFirstChunk;
    private LogFormat? _fileFormat;
    private CloudFrontFields _cloudFrontFields = CloudFrontFields.Standard;
    private long _closedBytes;
    private long _storedBytes;

    /// <summary>Sets a reader up.</summary>
    /// <param name="files">What to read.</param>
    /// <param name="format">The format of all files; null to look at each.</param>
    /// <param name="failed">Told of a file that cannot be opened or read on; the next one follows.</param>
    public LineChunkReader(IReadOnlyList<LogFile> files, LogFormat? format, Action<LogFile, Exception> failed)
    {
        _files = files;
        _format = format;
        _failed = failed;
    }

    /// <summary>Bytes read so far, as they are stored; of a file whose position is not known, once it is read whole.</summary>
    public long StoredBytesRead => Volatile.Read(ref _storedBytes);

    /// <summary>Bytes of text read so far.</summary>
    public long TextBytesRead { get; private set; }

    /// <summary>Reads the next chunk.</summary>
    /// <param name="chunk">Is filled.</param>
    /// <returns>False once all files are read.</returns>
    public bool TryRead(LineChunk chunk)
    {
        lock (_lock)
        {
            while (_log is not null || TryOpenNext())
            {
                if (TryFill(chunk))
                {
                    return true;
                }

                Close();
            }

            return false;
        }
    }

    public void Dispose() => Close();

    private bool TryOpenNext()
    {
        while (++_fileIndex < _files.Count)
        {
            try
            {
                _log = new OpenLog(_files[_fileIndex], _failed);
                _restLength = 0;
                _offset = 0;
                _isFirstChunk = true;
                _cloudFrontFields = CloudFrontFields.Standard;
                return true;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _failed(_files[_fileIndex], e);
            }
        }

        return false;
    }

    private void Close()
    {
        if (_log is not null)
        {
            _closedBytes += _log.StoredLength;
            Volatile.Write(ref _storedBytes, _closedBytes);
            _log.Dispose();
            _log = null;
        }
    }

    /// <summary>False at the file's end.</summary>
    private bool TryFill(LineChunk chunk)
    {
        _rest.AsSpan(0, _restLength).CopyTo(chunk.Buffer);
        var length = _restLength;
        _restLength = 0;
        while (true)
        {
            var read = ReadText(chunk.Buffer.AsSpan(length, Math.Min(ReadBytes, chunk.Buffer.Length - length)));
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
                return length > 0 && !_log!.IsBroken && Complete(chunk, length, length);
            }

            // One more than the bound: the carriage return of a line that is just short enough.
            if (length > MaxLineBytes + 1)
            {
                return Complete(chunk, 0, SkipLine(chunk.Buffer, length));
            }
        }
    }

    private int ReadText(Span<byte> buffer)
    {
        var read = _log!.Read(buffer);
        TextBytesRead += read;
        Volatile.Write(ref _storedBytes, _closedBytes + _log.StoredPosition);
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
        while (ReadText(buffer[..ReadBytes]) is var read and > 0)
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
        if (_isFirstChunk && length > 0)
        {
            _fileFormat = _format ?? FormatDetection.Detect(chunk.Buffer.AsSpan(0, length));
            _isFirstChunk = false;
        }

        chunk.Length = length;
        chunk.IsTooLongLine = length == 0;
        chunk.Sequence = _sequence++;
        chunk.FileIndex = _fileIndex;
        chunk.File = _files[_fileIndex];
        chunk.Offset = _offset;
        chunk.EndOffset = _offset += consumed;
        chunk.Format = _fileFormat;
        chunk.CloudFrontFields = _cloudFrontFields;
        FollowHeaders(chunk);
        return true;
    }

    // A file put together of several has several headers: each holds from its line on, in later chunks as well.
    private void FollowHeaders(LineChunk chunk)
    {
        var lines = chunk.Lines;
        for (var start = 0; _fileFormat == LogFormat.CloudFront && lines[start..].IndexOf("#Fields:"u8) is var next and >= 0;)
        {
            start += next;
            if (start == 0 || lines[start - 1] == '\n')
            {
                var line = lines[start..];
                _cloudFrontFields = CloudFrontFields.TryParse(LineFields.Cut(ref line, (byte)'\n')) ?? _cloudFrontFields;
            }

            start++;
        }
    }
}
