namespace PixelPipeline.Logs.Formats;

/// <summary>
/// CloudFront standard logs: <c>#Fields</c> headers, then tab separated, percent-encoded, a hyphen for what is absent.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html"/>
internal sealed class CloudFront : LogFormat
{
    // For files whose header is lost.
    private static readonly Columns Standard = new(
        ["date", "time", "x-edge-location", "sc-bytes", "c-ip", "cs-method", "cs(Host)", "cs-uri-stem", "sc-status", "cs(Referer)", "cs(User-Agent)", "cs-uri-query"]);

    public override string Label => "cloudfront";

    internal override ReadOnlySpan<byte> HeaderMark => Columns.Mark;

    internal override bool IsHeader(ReadOnlySpan<byte> line) => line[0] == '#';

    internal override LogHeader? ReadHeader(ReadOnlySpan<byte> line) => Columns.Parse(line);

    // A header that names what neither CloudFront nor a server alone has leaves it to the lines behind it.
    internal override bool Fits(ReadOnlySpan<byte> line, LineState state) =>
        line.StartsWith(HeaderMark) ? Columns.Parse(line) is { } columns && !IsAServers(columns) : line[0] != '#' && base.Fits(line, state);

    /// <summary>True where columns are named that only CloudFront has.</summary>
    public static bool IsIts(Columns columns) => columns.Names.Any(n => n.StartsWith("x-edge-", StringComparison.Ordinal));

    internal override BadLineReason? Read(ReadOnlySpan<byte> line, LineState state, out AccessLogLine result)
    {
        result = default;
        var fields = state.Header as Columns ?? Standard;
        Span<Range> columns = stackalloc Range[Columns.Max];
        if (LineFields.Split(line, (byte)'\t', columns) < Math.Min(fields.Count, Columns.Max))
        {
            return BadLineReason.FieldsMissing;
        }

        if (!state.Times.TryReadDateAndTime(Columns.Text(line, columns, fields.Date), Columns.Text(line, columns, fields.Time), out var timestamp))
        {
            return BadLineReason.NoTimestamp;
        }

        result = new AccessLogLine
        {
            Timestamp = timestamp,
            Method = Columns.Text(line, columns, fields.Method),
            Url = ToUrl(Columns.Text(line, columns, fields.Path), Columns.Text(line, columns, fields.Query), state.Buffer),
            UserAgent = CloudFrontText.UndoTwice(Columns.Text(line, columns, fields.UserAgent), state.Buffer),
            Referer = CloudFrontText.UndoOnce(Columns.Text(line, columns, fields.Referer), state.Buffer),
            RemoteIp = Columns.Text(line, columns, fields.RemoteIp),
        };
        return null;
    }

    private static bool IsAServers(Columns columns) => columns.Names.Any(n => n is "s-ip" or "s-port" or "s-sitename" or "s-computername" or "cs-username");

    private static ReadOnlySpan<byte> ToUrl(ReadOnlySpan<byte> path, ReadOnlySpan<byte> query, LineBuffer buffer) =>
        RequestField.IsRequestUrl(path) ? RequestField.Join(CloudFrontText.UndoOnce(path, buffer), CloudFrontText.UndoOnce(query, buffer), buffer) : default;
}
