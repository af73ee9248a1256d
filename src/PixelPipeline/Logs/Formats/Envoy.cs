namespace PixelPipeline.Logs.Formats;

/// <summary>
/// Envoy's default text format, and Istio's, which has three more fields: <c>[time] "METHOD PATH PROTOCOL" status flags …
/// "forwarded for" "user agent" "request id" "authority" "upstream"</c>. It has no referer.
/// </summary>
/// <seealso href="https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage#default-format-string"/>
internal sealed class Envoy : LogFormat
{
    // Status, flags, details and how the connection ended; Envoy has status, flags and four numbers before its first text.
    private const int IstioFields = 4;

    private static ReadOnlySpan<byte> Between => "\" \""u8;

    public override string Label => "envoy";

    internal override BadLineReason? Read(ReadOnlySpan<byte> line, LineState state, out AccessLogLine result)
    {
        result = default;
        var bracket = line.IndexOf("] \""u8);
        if (bracket < 1 || line[0] != '[')
        {
            return BadLineReason.FieldsMissing;
        }

        if (!state.Times.TryRead(line[1..bracket], out var timestamp))
        {
            return BadLineReason.NoTimestamp;
        }

        var rest = line[(bracket + 3)..];
        if (!CombinedText.TryCutRequest(ref rest, isEscaping: false, out var request) || !TryFindTexts(rest, out var forwarded, out var agent))
        {
            return BadLineReason.FieldsMissing;
        }

        RequestField.Split(request, out var method, out var url, out _);
        result = new AccessLogLine
        {
            Timestamp = timestamp,
            Method = method,
            Url = url,
            UserAgent = agent.SequenceEqual("-"u8) ? default : agent,
            RemoteIp = AddressText.FirstOf(forwarded),
        };
        return null;
    }

    // The visitor chooses the agent, and quotes are not escaped: it is found from both sides. Behind it are three texts
    // that no visitor chooses but for the authority, which has no quotes.
    private static bool TryFindTexts(ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> forwarded, out ReadOnlySpan<byte> agent)
    {
        forwarded = agent = default;
        var isIstio = CountBeforeQuote(rest) == IstioFields;
        var open = rest.IndexOf(" \""u8);
        if (open >= 0 && isIstio)
        {
            var skipped = rest[(open + 2)..].IndexOf("\" "u8); // why the transport failed
            open = skipped < 0 ? -1 : open + 2 + skipped + rest[(open + 2 + skipped)..].IndexOf(" \""u8);
        }

        if (open < 0)
        {
            return false;
        }

        rest = rest[(open + 2)..];
        var end = rest.IndexOf(Between);
        if (end < 0)
        {
            return false;
        }

        forwarded = rest[..end];
        agent = rest[(end + Between.Length)..];
        for (var i = 0; i < 3; i++)
        {
            end = agent.LastIndexOf(Between);
            if (end < 0)
            {
                return false;
            }

            agent = agent[..end];
        }

        return true;
    }

    private static int CountBeforeQuote(ReadOnlySpan<byte> rest)
    {
        var quote = rest.IndexOf((byte)'"');
        return quote < 0 ? 0 : rest[..quote].Count((byte)' ') - 1;
    }
}
