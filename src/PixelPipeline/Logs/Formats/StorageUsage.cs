namespace PixelPipeline.Logs.Formats;

/// <summary>
/// Cloud Storage usage logs: CSV with every value in quotes, behind a header that names the columns. <c>cs_uri</c> is the
/// path as it was requested, such as <c>/BUCKET/pixel.png?user_id=…</c> where the bucket is not in the host's name.
/// </summary>
/// <seealso href="https://cloud.google.com/storage/docs/access-logs#format"/>
internal sealed class StorageUsage : LogFormat
{
    private const int MinColumns = 13;
    private const int Time = 0;
    private const int RemoteIp = 1;
    private const int Method = 4;
    private const int Uri = 5;
    private const int Referer = 11;
    private const int UserAgent = 12;

    public override string Label => "gcs";

    internal override ReadOnlySpan<byte> HeaderMark => "\"time_micros\",\"c_ip\""u8;

    internal override bool IsHeader(ReadOnlySpan<byte> line) => line.StartsWith(HeaderMark);

    internal override bool Fits(ReadOnlySpan<byte> line, LineState state) => IsHeader(line) || base.Fits(line, state);

    internal override BadLineReason? Read(ReadOnlySpan<byte> line, LineState state, out AccessLogLine result)
    {
        result = default;
        Span<Range> columns = stackalloc Range[MinColumns];
        if (!TrySplit(line, columns))
        {
            return BadLineReason.FieldsMissing;
        }

        if (!state.Times.TryReadAny(line[columns[Time]], out var timestamp))
        {
            return BadLineReason.NoTimestamp;
        }

        var url = line[columns[Uri]];
        result = new AccessLogLine
        {
            Timestamp = timestamp,
            Method = line[columns[Method]],
            Url = RequestField.IsRequestUrl(url) ? Escapes.UndoDoubledQuotes(url, state.Buffer) : default,
            Referer = Escapes.UndoDoubledQuotes(line[columns[Referer]], state.Buffer),
            UserAgent = Escapes.UndoDoubledQuotes(line[columns[UserAgent]], state.Buffer),
            RemoteIp = line[columns[RemoteIp]],
        };
        return null;
    }

    /// <summary>Finds the first values of a line of CSV, each in quotes; a quote within one is doubled.</summary>
    private static bool TrySplit(ReadOnlySpan<byte> line, Span<Range> columns)
    {
        var start = 0;
        for (var i = 0; i < columns.Length; i++)
        {
            if (start >= line.Length || line[start] != '"')
            {
                return false;
            }

            var end = start + 1;
            while (end < line.Length && !(line[end] == '"' && (end + 1 == line.Length || line[end + 1] == ',')))
            {
                end += line[end] == '"' ? 2 : 1;
            }

            if (end >= line.Length)
            {
                return false;
            }

            columns[i] = (start + 1)..end;
            start = end + 2;
        }

        return true;
    }
}
