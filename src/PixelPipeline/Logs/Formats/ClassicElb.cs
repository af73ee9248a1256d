using System.Runtime.CompilerServices;

namespace PixelPipeline.Logs.Formats;

/// <summary>
/// A line of a Classic Load Balancer: <c>timestamp elb client:port backend:port request_time backend_time response_time
/// elb_status backend_status received_bytes sent_bytes "METHOD URL PROTOCOL" "user agent" ssl_cipher ssl_protocol</c>.
/// The oldest logs end behind the request.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/access-log-collection.html"/>
internal sealed class ClassicElb : LogFormat
{
    private const int FieldsBeforeRequest = 11;

    public override string Label => "elb";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // see ChunkCounter
    internal override BadLineReason? Read(ReadOnlySpan<byte> line, LineState state, out AccessLogLine result)
    {
        result = default;
        var quote = line.IndexOf((byte)'"');
        if (quote < 0 || line[..quote].Count((byte)' ') != FieldsBeforeRequest)
        {
            return BadLineReason.FieldsMissing;
        }

        var head = line[..quote];
        if (!state.Times.TryRead(LineFields.Cut(ref head, (byte)' '), out var timestamp))
        {
            return BadLineReason.NoTimestamp;
        }

        LineFields.Cut(ref head, (byte)' '); // the balancer's name
        if (!TrySplitQuoted(line[(quote + 1)..], out var request, out var userAgent))
        {
            return BadLineReason.FieldsMissing;
        }

        RequestField.Split(request, out var method, out var url, out _);
        result = new AccessLogLine
        {
            Timestamp = timestamp,
            Method = method,
            Url = url,
            UserAgent = userAgent,
            RemoteIp = AddressText.BeforePort(LineFields.Cut(ref head, (byte)' ')),
        };
        return null;
    }

    // Quotes within a user agent are not escaped, and nothing quoted follows it: it ends at the line's last quote.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // see ChunkCounter
    private static bool TrySplitQuoted(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> request, out ReadOnlySpan<byte> userAgent)
    {
        request = userAgent = default;
        var end = text.IndexOf("\" \""u8);
        if (end < 0)
        {
            request = text.IsEmpty || text[^1] != '"' ? default : text[..^1];
            return !request.IsEmpty;
        }

        request = text[..end];
        userAgent = text[(end + 3)..];
        var last = userAgent.LastIndexOf((byte)'"');
        if (last < 0)
        {
            return false;
        }

        userAgent = userAgent[..last].SequenceEqual("-"u8) ? default : userAgent[..last];
        return true;
    }
}
