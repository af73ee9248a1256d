namespace PixelPipeline.Logs.Formats;

/// <summary>
/// Squid's native format: <c>time elapsed client code/status bytes METHOD URL user hierarchy/peer type</c>. The time is
/// when the answer went. It has no user agent and no referer, and by default Squid strips the query.
/// </summary>
/// <seealso href="https://www.squid-cache.org/Doc/config/logformat/"/>
internal sealed class SquidNative : LogFormat
{
    public override string Label => "squid";

    internal override bool Fits(ReadOnlySpan<byte> line, LineState state)
    {
        if (Read(line, state, out _) is not null)
        {
            return false;
        }

        var slash = line.IndexOf((byte)'/');
        return line[..slash].IndexOf((byte)'_') > 0; // TCP_MISS, NONE_NONE: other lines that begin with seconds have none
    }

    internal override BadLineReason? Read(ReadOnlySpan<byte> line, LineState state, out AccessLogLine result)
    {
        result = default;
        if (!state.Times.TryReadAny(LineFields.Cut(ref line, (byte)' '), out var timestamp))
        {
            return BadLineReason.NoTimestamp;
        }

        line = line.TrimStart((byte)' ');
        LineFields.Cut(ref line, (byte)' '); // the milliseconds that it took
        var address = LineFields.Cut(ref line, (byte)' ');
        var code = LineFields.Cut(ref line, (byte)' ');
        LineFields.Cut(ref line, (byte)' '); // bytes
        var method = LineFields.Cut(ref line, (byte)' ');
        if (code.IndexOf((byte)'/') < 0 || !TryCutUrl(line, out var url))
        {
            return BadLineReason.FieldsMissing;
        }

        var isRequest = RequestField.IsRequestUrl(url);
        result = new AccessLogLine
        {
            Timestamp = timestamp,
            Method = isRequest ? method : default,
            Url = isRequest ? url : default,
            RemoteIp = address.SequenceEqual("-"u8) ? default : address,
            IsUrlCut = url.Contains((byte)' '),
        };
        return null;
    }

    // What follows the URL are three fields: the user, who served it and the content's type. Squid leaves no space in a URL:
    // where one is, it cut its line off at 8 KB, and the next one stands in the same line.
    private static bool TryCutUrl(ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> url)
    {
        url = default;
        for (var i = 0; i < 3; i++)
        {
            var space = rest.LastIndexOf((byte)' ');
            if (space < 1)
            {
                return false;
            }

            rest = rest[..space];
        }

        url = rest;
        return true;
    }
}
