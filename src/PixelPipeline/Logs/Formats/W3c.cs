namespace PixelPipeline.Logs.Formats;

/// <summary>
/// The W3C extended format of IIS and of ASP.NET Core's W3C logger: <c>#Fields</c> headers, then separated by spaces, a
/// plus for a space within a value, a hyphen for what is absent. Times are UTC.
/// </summary>
/// <seealso href="https://learn.microsoft.com/windows/win32/http/w3c-logging"/>
internal sealed class W3c : LogFormat
{
    public override string Label => "w3c";

    internal override ReadOnlySpan<byte> HeaderMark => Columns.Mark;

    internal override bool IsHeader(ReadOnlySpan<byte> line) => line[0] == '#';

    internal override LogHeader? ReadHeader(ReadOnlySpan<byte> line) => Columns.Parse(line);

    // CloudFront's header looks the same, but names what only CloudFront has; its values are separated by tabs.
    internal override bool Fits(ReadOnlySpan<byte> line, LineState state) =>
        line.StartsWith(HeaderMark) ? Columns.Parse(line) is { } columns && !CloudFront.IsIts(columns) : line[0] != '#' && base.Fits(line, state);

    internal override BadLineReason? Read(ReadOnlySpan<byte> line, LineState state, out AccessLogLine result)
    {
        result = default;
        Span<Range> columns = stackalloc Range[Columns.Max];
        if (state.Header is not Columns fields || LineFields.Split(line, (byte)' ', columns) < Math.Min(fields.Count, Columns.Max))
        {
            return BadLineReason.FieldsMissing;
        }

        if (!state.Times.TryReadDateAndTime(Columns.Text(line, columns, fields.Date), Columns.Text(line, columns, fields.Time), out var timestamp))
        {
            return BadLineReason.NoTimestamp;
        }

        var path = Columns.Text(line, columns, fields.Path);
        var query = Columns.Text(line, columns, fields.Query);
        query = query.StartsWith("?"u8) ? query[1..] : query; // ASP.NET Core writes it with its question mark
        result = new AccessLogLine
        {
            Timestamp = timestamp,
            Method = Columns.Text(line, columns, fields.Method),
            Url = RequestField.IsRequestUrl(path) ? RequestField.Join(path, query, state.Buffer) : default,
            UserAgent = Escapes.UndoPluses(Columns.Text(line, columns, fields.UserAgent), state.Buffer),
            Referer = Columns.Text(line, columns, fields.Referer),
            RemoteIp = Columns.Text(line, columns, fields.RemoteIp),
        };
        return null;
    }
}
