namespace PixelPipeline.Logs.Formats;

/// <summary>
/// HAProxy with <c>option httplog</c>, with or without a syslog header: <c>client:port [time] frontend backend/server timers
/// status bytes - - flags connections queues {captured} "METHOD URL PROTOCOL"</c>. The time is when the request came, in the
/// server's local time, whose zone the line does not name: UTC unless it is told. Captured headers have no names and are not used.
/// It writes a quote and what is not ASCII as <c>#22</c>, and ends its lines at 1,023 bytes unless it is told otherwise.
/// </summary>
/// <seealso href="https://docs.haproxy.org/2.6/configuration.html#8.2.3"/>
internal sealed class Haproxy : LogFormat
{
    private const int TimeLength = 24; // 27/Nov/2026:22:00:36.098
    private const int CutLineLength = 1_000;

    public override string Label => "haproxy";

    internal override BadLineReason? Read(ReadOnlySpan<byte> line, LineState state, out AccessLogLine result)
    {
        result = default;
        var bracket = line.IndexOf(" ["u8);
        var end = bracket + 2 + TimeLength;
        if (bracket < 1 || line.Length <= end + 1 || !line[end..].StartsWith("] "u8))
        {
            return BadLineReason.FieldsMissing;
        }

        if (!state.Times.TryReadHaproxy(line.Slice(bracket + 2, TimeLength), out var timestamp))
        {
            return BadLineReason.NoTimestamp;
        }

        var address = line[..bracket];
        address = AddressText.BeforePort(address[(address.LastIndexOf((byte)' ') + 1)..]);
        if (!AddressText.IsAddress(address))
        {
            return BadLineReason.NoAddress;
        }

        var rest = line[(end + 2)..];
        var quote = rest.IndexOf((byte)'"');
        if (quote < 0 || rest[..quote].Count((byte)'/') < 6)
        {
            return BadLineReason.FieldsMissing;
        }

        var request = rest[(quote + 1)..];
        var isWhole = request is [.., (byte)'"'];
        if (!isWhole && line.Length < CutLineLength)
        {
            return BadLineReason.FieldsMissing;
        }

        RequestField.Split(Escapes.UndoHashes(isWhole ? request[..^1] : request, state.Buffer), out var method, out var url, out var hasProtocol);
        result = new AccessLogLine
        {
            Timestamp = timestamp,
            Method = method,
            Url = url,
            IsUrlCut = !isWhole && !hasProtocol,
            RemoteIp = AddressText.Unmapped(address),
        };
        return null;
    }
}
