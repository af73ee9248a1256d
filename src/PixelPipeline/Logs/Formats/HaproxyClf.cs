namespace PixelPipeline.Logs.Formats;

/// <summary>
/// HAProxy with <c>option httplog clf</c>: a combined line with two empty texts for referer and agent, which it does not
/// know, then its own fields. It writes a quote and what is not ASCII as <c>#22</c>. The time is when the request came.
/// </summary>
/// <seealso href="https://docs.haproxy.org/2.6/configuration.html#8.2.3"/>
internal sealed class HaproxyClf : LogFormat
{
    public override string Label => "haproxy-clf";

    private static ReadOnlySpan<byte> NoTexts => " \"\" \"\" "u8;

    internal override bool Fits(ReadOnlySpan<byte> line, LineState state) => IsIts(line) && base.Fits(line, state);

    internal override BadLineReason? Read(ReadOnlySpan<byte> line, LineState state, out AccessLogLine result)
    {
        result = default;
        if (Combined.TryRead(line, state, out var timestamp, out var address, out var text) is { } reason)
        {
            return reason;
        }

        RequestField.Split(Escapes.UndoHashes(text.Request, state.Buffer), out var method, out var url, out var hasProtocol);
        result = new AccessLogLine { Timestamp = timestamp, Method = method, Url = url, IsUrlCut = !hasProtocol && RequestField.IsCutBy(text.Status), RemoteIp = address };
        return null;
    }

    /// <summary>True for a combined line behind whose empty texts HAProxy's port, milliseconds and quoted front end stand.</summary>
    public static bool IsIts(ReadOnlySpan<byte> line)
    {
        var texts = line.IndexOf(NoTexts);
        if (texts < 0)
        {
            return false;
        }

        var rest = line[(texts + NoTexts.Length)..];
        var port = LineFields.Cut(ref rest, (byte)' ');
        var milliseconds = LineFields.Cut(ref rest, (byte)' ');
        return !port.IsEmpty && milliseconds.Length == 3 && !port.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && !milliseconds.ContainsAnyExceptInRange((byte)'0', (byte)'9') && rest is [(byte)'"', ..];
    }
}
