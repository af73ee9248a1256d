namespace PixelPipeline.Logs.Formats;

/// <summary>
/// The combined format: <c>address identity user [dd/Mon/yyyy:HH:mm:ss ±zone] "METHOD URL PROTOCOL" status bytes "referer"
/// "user agent"</c>. Referer and agent may be missing (the common format); what follows them is not used. Before the
/// address may stand what <see cref="AddressText.TryFind"/> knows.
/// </summary>
/// <seealso href="https://httpd.apache.org/docs/current/logs.html#combined"/>
internal sealed class Combined : LogFormat
{
    private const int TimeLength = 26;

    public override string Label => "combined";

    // Squid cuts a long line off, and the next one stands behind it.
    private static ReadOnlySpan<byte> NextRecord => "] \""u8;

    internal override bool Fits(ReadOnlySpan<byte> line, LineState state) => base.Fits(line, state) && !HaproxyClf.IsIts(line);

    internal override BadLineReason? Read(ReadOnlySpan<byte> line, LineState state, out AccessLogLine result)
    {
        result = default;
        if (TryRead(line, state, out var timestamp, out var address, out var text) is { } reason)
        {
            return reason;
        }

        RequestField.Split(Escapes.UndoInRequest(text.Request, text.IsEscaping, state.Buffer), out var method, out var url, out var hasProtocol);
        result = new AccessLogLine
        {
            Timestamp = timestamp,
            Method = method,
            Url = url,
            IsUrlCut = (!hasProtocol && RequestField.IsCutBy(text.Status)) || text.Request.IndexOf(NextRecord) >= 0,
            Referer = Escapes.UndoInHeader(text.Referer, text.IsEscaping, state.Buffer),
            UserAgent = Escapes.UndoInHeader(text.UserAgent, text.IsEscaping, state.Buffer),
            RemoteIp = address,
        };
        return null;
    }

    /// <summary>Takes a line apart, and undoes nothing.</summary>
    internal static BadLineReason? TryRead(ReadOnlySpan<byte> line, LineState state, out EntryTimestamp timestamp, out ReadOnlySpan<byte> address, out CombinedText text)
    {
        timestamp = default;
        text = default;
        address = default;
        var end = line.IndexOf((byte)' ');
        if (end < 1 || line[end..].IndexOf(" ["u8) < 0)
        {
            return BadLineReason.FieldsMissing;
        }

        address = line[..end];
        var isFound = AddressText.IsAddress(address);
        if (!TryFindTime(line, isFound ? end : 0, state.Times, out var time, out timestamp))
        {
            return BadLineReason.NoTimestamp;
        }

        if (!isFound && !AddressText.TryFind(line[..(time - 2)], out address))
        {
            return BadLineReason.NoAddress;
        }

        address = AddressText.Unmapped(address);
        var rest = line[(time + TimeLength)..];
        return rest.StartsWith("] \""u8) && CombinedText.TryRead(rest[3..], line.Length, out text) ? null : BadLineReason.FieldsMissing;
    }

    // The user's name is the visitor's choice and may hold a bracket: the first that a time follows is the time's.
    private static bool TryFindTime(ReadOnlySpan<byte> line, int from, TimestampReader times, out int start, out EntryTimestamp timestamp)
    {
        timestamp = default;
        for (start = from; line[start..].IndexOf(" ["u8) is var bracket and >= 0;)
        {
            start += bracket + 2;
            if (line.Length > start + TimeLength && line[start + TimeLength] == ']' && times.TryReadCombined(line.Slice(start, TimeLength), out timestamp))
            {
                return true;
            }
        }

        return false;
    }
}
