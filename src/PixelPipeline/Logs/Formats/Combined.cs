namespace PixelPipeline.Logs.Formats;

/// <summary>
/// A line in the combined format: <c>address identity user [dd/Mon/yyyy:HH:mm:ss ±zone] "METHOD URL PROTOCOL" status bytes
/// "referer" "user agent"</c>. Referer and agent may be missing (the common format); what follows them is not used.
/// </summary>
/// <seealso href="https://httpd.apache.org/docs/current/logs.html#combined"/>
internal sealed class Combined : LogFormat
{
    private const int TimeLength = 26;

    public override string Label => "combined";

    internal override BadLineReason? Read(ReadOnlySpan<byte> line, LineState state, out AccessLogLine result)
    {
        result = default;
        var addressEnd = line.IndexOf((byte)' ');
        if (addressEnd < 1 || line[(addressEnd + 1)..].IndexOf(" ["u8) < 0)
        {
            return BadLineReason.FieldsMissing;
        }

        var rest = line[(addressEnd + 1)..];
        if (!TryReadTime(ref rest, state.Times, out var timestamp))
        {
            return BadLineReason.NoTimestamp;
        }

        if (!rest.StartsWith("] \""u8) || !TryReadQuoted(ref rest, 3, out var request) || !TryReadStatusAndBytes(ref rest)
            || !TryReadOptional(ref rest, out var referer) || !TryReadOptional(ref rest, out var userAgent))
        {
            return BadLineReason.FieldsMissing;
        }

        RequestField.Split(Escapes.UndoBackslashes(request, state.Buffer), out var method, out var url);
        result = new AccessLogLine
        {
            Timestamp = timestamp,
            Method = method,
            Url = url,
            Referer = Escapes.UndoBackslashes(referer, state.Buffer),
            UserAgent = Escapes.UndoBackslashes(userAgent, state.Buffer),
            RemoteIp = line[..addressEnd],
        };
        return null;
    }

    // The user's name is the visitor's choice and may hold a bracket: the first that a time follows is the time's.
    private static bool TryReadTime(scoped ref ReadOnlySpan<byte> rest, TimestampReader times, out EntryTimestamp timestamp)
    {
        timestamp = default;
        while (rest.IndexOf(" ["u8) is var bracket and >= 0)
        {
            rest = rest[(bracket + 2)..];
            if (rest.Length > TimeLength && rest[TimeLength] == ']' && times.TryReadCombined(rest[..TimeLength], out timestamp))
            {
                rest = rest[TimeLength..];
                return true;
            }
        }

        return false;
    }

    private static bool TryReadQuoted(scoped ref ReadOnlySpan<byte> rest, int start, out ReadOnlySpan<byte> text)
    {
        text = default;
        var end = Escapes.EndOfQuoted(rest[start..]);
        if (end < 0)
        {
            return false;
        }

        text = rest.Slice(start, end);
        rest = rest[(start + end + 1)..];
        return true;
    }

    /// <summary>Passes over <c> 200 43</c>; either may be a hyphen.</summary>
    private static bool TryReadStatusAndBytes(scoped ref ReadOnlySpan<byte> rest)
    {
        for (var i = 0; i < 2; i++)
        {
            if (rest.Length < 2 || rest[0] != ' ')
            {
                return false;
            }

            var end = rest[1..].IndexOf((byte)' ');
            var field = end < 0 ? rest[1..] : rest.Slice(1, end);
            if (field.IsEmpty || (field.ContainsAnyExceptInRange((byte)'0', (byte)'9') && !field.SequenceEqual("-"u8)))
            {
                return false;
            }

            rest = rest[(1 + field.Length)..];
        }

        return true;
    }

    private static bool TryReadOptional(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (rest.IsEmpty)
        {
            return true;
        }

        if (!rest.StartsWith(" \""u8) || !TryReadQuoted(ref rest, 2, out text))
        {
            return false;
        }

        text = text.SequenceEqual("-"u8) ? default : text;
        return true;
    }
}
