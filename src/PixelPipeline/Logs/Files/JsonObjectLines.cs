namespace PixelPipeline.Logs.Files;

/// <summary>
/// JSON objects of an array, or spread over several lines, as one object a line: what <c>gcloud logging read
/// --format=json</c> and the Logs Explorer give. Only line breaks are changed. Owns the stream; can only be read.
/// </summary>
internal sealed class JsonObjectLines(Stream json) : ReadOnlyStream
{
    private readonly byte[] _buffer = new byte[16_384];
    private int _position;
    private int _length;
    private int _depth;
    private bool _isInString;
    private bool _isEscaped;

    /// <summary>True where a text begins with an array of objects, or with an object whose first line is its brace alone.</summary>
    /// <param name="head">The text's first bytes.</param>
    public static bool AreNeeded(ReadOnlySpan<byte> head)
    {
        var start = head.TrimStart(" \t\r\n"u8);
        if (start is [(byte)'[', ..])
        {
            return start[1..].TrimStart(" \t\r\n"u8) is [(byte)'{', ..];
        }

        return start is [(byte)'{', ..] && start[1..].TrimStart(" \t\r"u8) is [(byte)'\n', ..];
    }

    public override int Read(Span<byte> buffer)
    {
        var written = 0;
        while (written == 0 && !buffer.IsEmpty)
        {
            if (_position == _length)
            {
                _position = 0;
                _length = json.Read(_buffer);
                if (_length == 0)
                {
                    return 0;
                }
            }

            for (; _position < _length && written < buffer.Length; _position++)
            {
                if (Follow(_buffer[_position]) is { } text)
                {
                    buffer[written++] = text;
                }
            }
        }

        return written;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            json.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>What a byte becomes; null for one that goes.</summary>
    private byte? Follow(byte next)
    {
        if (_isInString)
        {
            _isInString = _isEscaped || next != '"';
            _isEscaped = !_isEscaped && next == '\\';
            return next;
        }

        switch (next)
        {
            case (byte)'"':
                _isInString = _depth > 0;
                break;
            case (byte)'{':
                _depth++;
                break;
            case (byte)'}' when _depth > 0:
                _depth--;
                return next;
            case (byte)',' or (byte)']' when _depth == 0:
                return (byte)'\n';
            case (byte)'\r' or (byte)'\n':
                return _depth == 0 ? (byte)'\n' : (byte)' ';
        }

        return _depth > 0 ? next : null;
    }
}
