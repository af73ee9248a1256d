namespace PixelPipeline.Logs.Formats;

/// <summary>
/// CloudFront real-time logs with all fields, in their one order: tab separated, no header, seconds since 1970 first. A
/// choice of fields cannot be told apart from its lines, so it is not read.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/real-time-logs.html"/>
internal sealed class CloudFrontRealTime : LogFormat
{
    private const int MinColumns = 40; // later ones were added behind
    private const int Time = 0;
    private const int RemoteIp = 1;
    private const int Method = 6;
    private const int Protocol = 7;
    private const int Uri = 9; // with its query, unlike the standard logs'
    private const int UserAgent = 17;
    private const int Referer = 18;

    public override string Label => "cloudfront-realtime";

    internal override BadLineReason? Read(ReadOnlySpan<byte> line, LineState state, out AccessLogLine result)
    {
        result = default;
        Span<Range> columns = stackalloc Range[MinColumns];
        if (line.Count((byte)'\t') < MinColumns - 1 || LineFields.Split(line, (byte)'\t', columns) < MinColumns || !line[columns[Protocol]].StartsWith("http"u8))
        {
            return BadLineReason.FieldsMissing;
        }

        if (!state.Times.TryReadAny(line[columns[Time]], out var timestamp))
        {
            return BadLineReason.NoTimestamp;
        }

        var url = Column(line, columns[Uri]);
        result = new AccessLogLine
        {
            Timestamp = timestamp,
            Method = Column(line, columns[Method]),
            Url = RequestField.IsRequestUrl(url) ? CloudFrontText.UndoOnce(url, state.Buffer) : default,
            UserAgent = CloudFrontText.UndoTwice(Column(line, columns[UserAgent]), state.Buffer),
            Referer = CloudFrontText.UndoOnce(Column(line, columns[Referer]), state.Buffer),
            RemoteIp = Column(line, columns[RemoteIp]),
        };
        return null;
    }

    private static ReadOnlySpan<byte> Column(ReadOnlySpan<byte> line, Range range) => line[range].SequenceEqual("-"u8) ? default : line[range];
}
