namespace PixelPipeline.Logs.Files;

/// <summary>A log file while it is read: its text, and how far its stored bytes are read. Once it fails, it is at its end.</summary>
internal sealed class OpenLog : IDisposable
{
    private readonly LogFile _file;
    private readonly Action<LogFile, Exception> _failed;
    private readonly Stream _text;
    private readonly Stream _stored;
    /// <summary>Opens a file.</summary>
    /// <param name="file">Which.</param>
    /// <param name="failed">Told, once, that it cannot be read on.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public OpenLog(LogFile file, Action<LogFile, Exception> failed)
    {
        _file = file;
        _failed = failed;
        _text = file.OpenText(out _stored);
    }

    /// <summary>True once it failed: what was read last is cut off somewhere.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Stored bytes read so far; 0 where that is not known.</summary>
    public long StoredPosition => _stored.CanSeek ? _stored.Position : 0;

    /// <summary>Stored bytes once it is read whole.</summary>
    public long StoredLength => _file.Length ?? StoredPosition;

    /// <summary>Reads as much text as there is room for, so that the same text is always cut in the same places.</summary>
    /// <returns>Less at the end, or where it cannot be read on: what was read of it stays.</returns>
    public int Read(Span<byte> buffer)
    {
        var length = 0;
        for (var read = -1; read != 0 && length < buffer.Length; length += read)
        {
            read = ReadSome(buffer[length..]);
        }

        return length;
    }

    private int ReadSome(Span<byte> buffer)
    {
        if (IsBroken)
        {
            return 0;
        }

        try
        {
            return _text.Read(buffer);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            IsBroken = true;
            _failed(_file, e);
            return 0;
        }
    }

    public void Dispose() => _text.Dispose();
}
