namespace PixelPipeline.Logs.Files;

/// <summary>A log file while it is read: its texts, and how far its stored bytes are read. Once it fails, it is at its end.</summary>
internal sealed class OpenLog : IDisposable
{
    private readonly LogFile _file;
    private readonly Action<LogFile, Exception> _failed;
    private readonly Stream _stored;
    private readonly IEnumerator<(string Name, Stream Text)>? _texts;
    private Stream _text = Stream.Null;

    /// <summary>Opens a file, before its first text.</summary>
    /// <param name="file">Which.</param>
    /// <param name="failed">Told, once, that it cannot be read on.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public OpenLog(LogFile file, Action<LogFile, Exception> failed)
    {
        _file = file;
        _failed = failed;
        _stored = Stream.Null;
        try
        {
            _texts = file.OpenTexts(out _stored).GetEnumerator();
        }
        catch (InvalidDataException e)
        {
            Fail(e);
        }
    }

    /// <summary>What people call the text that is read: of a file in an archive, the archive's name, a slash and its own.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The zone of times that name none.</summary>
    public TimeZoneInfo TimeZone => _file.TimeZone;

    /// <summary>True once it failed: what was read last is cut off somewhere.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Stored bytes read so far; 0 where that is not known.</summary>
    public long StoredPosition => _stored is { CanSeek: true, CanRead: true } ? _stored.Position : 0;

    /// <summary>Stored bytes once it is read whole.</summary>
    public long StoredLength => _file.Length ?? StoredPosition;

    /// <summary>Goes on to the next text.</summary>
    /// <returns>False behind the last one.</returns>
    public bool TryNextText()
    {
        try
        {
            if (IsBroken || !_texts!.MoveNext())
            {
                return false;
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            Fail(e);
            return false;
        }

        (Name, _text) = _texts.Current;
        return true;
    }

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
            Fail(e);
            return 0;
        }
    }

    private void Fail(Exception e)
    {
        IsBroken = true;
        _failed(_file, e);
    }

    public void Dispose()
    {
        _texts?.Dispose();
        _text.Dispose();
        _stored.Dispose();
    }
}
