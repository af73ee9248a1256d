namespace PixelPipeline.Logs.Formats;

/// <summary>
/// A line of an Application Load Balancer: <c>type time elb client:port target:port …</c>, twelve fields in all, then
/// <c>"METHOD URL PROTOCOL" "user agent"</c> and more that is not used here.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html"/>
internal sealed class Alb : LogFormat
{
    private const int FieldsBeforeRequest = 12;

    public override string Label => "alb";

    internal override BadLineReason? Read(ReadOnlySpan<byte> line, LineState state, out AccessLogLine result)
    {
        result = default;
        var quote = line.IndexOf((byte)'"');
        if (quote < 0 || line[..quote].Count((byte)' ') != FieldsBeforeRequest)
        {
            return BadLineReason.FieldsMissing;
        }

        Span<Range> head = stackalloc Range[5];
        LineFields.Split(line[..quote], (byte)' ', head);
        if (!state.Times.TryRead(line[head[1]], out var timestamp))
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

        RequestField.Split(Escapes.UndoBackslashes(rest[..end], state.Buffer), out var method, out var url, out _);
        result = new AccessLogLine
        {
            Timestamp = timestamp,
            Method = method,
            Url = url,
            UserAgent = agent[..agentEnd].SequenceEqual("-"u8) ? default : Escapes.UndoBackslashes(agent[..agentEnd], state.Buffer),
            RemoteIp = AddressText.BeforePort(line[head[3]]),
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
