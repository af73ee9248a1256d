using PixelPipeline.Logs.Formats;

namespace PixelPipeline.Logs.Files;

/// <summary>
/// Reads files, one after the other, in chunks of whole lines. Whoever wants a chunk reads it on its own thread, so that
/// the bytes are in that core's cache; one at a time. Memory does not grow with the files.
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
    private FileChunks? _file;
    private long _sequence;
    private long _closedTextBytes;
    private long _closedStoredBytes;
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
    public long TextBytesRead => _closedTextBytes + (_file?.TextBytesRead ?? 0);

    /// <summary>Reads the next chunk.</summary>
    /// <param name="chunk">Is filled.</param>
    /// <returns>False once all files are read.</returns>
    public bool TryRead(LineChunk chunk)
    {
        lock (_lock)
        {
            while (_file is not null || TryOpenNext())
            {
                var hasRead = _file!.TryRead(chunk);
                Volatile.Write(ref _storedBytes, _closedStoredBytes + _file.StoredPosition);
                if (hasRead)
                {
                    chunk.Sequence = _sequence++;
                    chunk.FileIndex = _fileIndex;
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
                _file = new FileChunks(new OpenLog(_files[_fileIndex], _failed), _format, _rest);
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
        if (_file is not null)
        {
            _closedTextBytes += _file.TextBytesRead;
            _closedStoredBytes += _file.StoredLength;
            Volatile.Write(ref _storedBytes, _closedStoredBytes);
            _file.Dispose();
            _file = null;
        }
    }
}
