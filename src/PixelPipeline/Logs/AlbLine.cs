namespace PixelPipeline.Logs;

/// <summary>
/// A line of an Application Load Balancer: <c>type time elb client:port target:port …</c>, twelve fields in all, then
/// <c>"METHOD URL PROTOCOL" "user agent"</c> and more that is not used here.
/// </summary>
internal static class AlbLine
{
    private const int FieldsBeforeRequest = 12;

    /// <summary>Reads a line.</summary>
    /// <param name="line">Without its end.</param>
    /// <param name="times">Reads the timestamp.</param>
    /// <param name="buffer">Takes what has to be rewritten.</param>
    /// <param name="result">What it tells.</param>
    /// <returns>Null, or why it cannot be read.</returns>
    public static BadLineReason? Read(ReadOnlySpan<byte> line, TimestampReader times, LineBuffer buffer, out AccessLogLine result)
    {
        result = default;
        var quote = line.IndexOf((byte)'"');
        if (quote < 0 || line[..quote].Count((byte)' ') != FieldsBeforeRequest)
        {
            return BadLineReason.FieldsMissing;
        }

        Span<Range> head = stackalloc Range[5];
        LineFields.Split(line[..quote], (byte)' ', head);
        if (!times.TryRead(line[head[1]], out var timestamp))
        {
            return BadLineReason.NoTimestamp;
        }

        var rest = line[(quote + 1)..];
        var end = Escapes.EndOfQuoted(rest);
        if (end < 0 || !rest[(end + 1)..].StartsWith(" \""u8))
        {
            return BadLineReason.FieldsMissing;
        }

        var agent = rest[(end + 3)..];
        var agentEnd = EndOfUserAgent(agent);
        if (agentEnd < 0)
        {
            return BadLineReason.FieldsMissing;
        }

        RequestField.Split(Escapes.UndoBackslashes(rest[..end], buffer), out var method, out var url);
        result = new AccessLogLine
        {
            Timestamp = timestamp,
            Method = method,
            Url = url,
            UserAgent = agent[..agentEnd].SequenceEqual("-"u8) ? default : Escapes.UndoBackslashes(agent[..agentEnd], buffer),
            RemoteIp = line[head[3]],
        };
        return null;
    }

    // A user agent may hold quotes; a field ends where a quote and a space, or the line's end, follow each other.
    private static int EndOfUserAgent(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf("\" "u8);
        return end >= 0 || text.IsEmpty || text[^1] != '"' ? end : text.Length - 1;
    }
}
