using System.Text;

namespace PixelPipeline.Logs.Formats;

/// <summary>
/// CloudFront standard logs: <c>#Fields</c> headers, then tab separated, percent-encoded, a hyphen for what is absent.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html"/>
internal sealed class CloudFront : LogFormat
{
    private const int MaxColumns = 64;

    // For files whose header is lost.
    private static readonly Columns Standard = new(
        ["date", "time", "x-edge-location", "sc-bytes", "c-ip", "cs-method", "cs(Host)", "cs-uri-stem", "sc-status", "cs(Referer)", "cs(User-Agent)", "cs-uri-query"]);

    public override string Label => "cloudfront";

    internal override ReadOnlySpan<byte> HeaderMark => "#Fields:"u8;

    internal override bool IsHeader(ReadOnlySpan<byte> line) => line[0] == '#';

    internal override LogHeader? ReadHeader(ReadOnlySpan<byte> line) =>
        line.StartsWith(HeaderMark) && Columns.Parse(line[HeaderMark.Length..]) is { Date: >= 0, Time: >= 0, Path: >= 0 } columns ? columns : null;

    internal override bool Fits(ReadOnlySpan<byte> line, LineState state) =>
        line.StartsWith("#Version"u8) || line.StartsWith(HeaderMark) || base.Fits(line, state);

    internal override BadLineReason? Read(ReadOnlySpan<byte> line, LineState state, out AccessLogLine result)
    {
        result = default;
        var fields = state.Header as Columns ?? Standard;
        Span<Range> columns = stackalloc Range[MaxColumns];
        if (LineFields.Split(line, (byte)'\t', columns) < Math.Min(fields.Count, MaxColumns))
        {
            return BadLineReason.FieldsMissing;
        }

        if (!TryReadTime(Column(line, columns, fields.Date), Column(line, columns, fields.Time), state.Times, out var timestamp))
        {
            return BadLineReason.NoTimestamp;
        }

        result = new AccessLogLine
        {
            Timestamp = timestamp,
            Method = Column(line, columns, fields.Method),
            Url = ToUrl(Column(line, columns, fields.Path), Column(line, columns, fields.Query), state.Buffer),
            UserAgent = UndoTwice(Column(line, columns, fields.UserAgent), state.Buffer),
            Referer = UndoOnce(Column(line, columns, fields.Referer), state.Buffer),
            RemoteIp = Column(line, columns, fields.RemoteIp),
        };
        return null;
    }

    private static ReadOnlySpan<byte> Column(ReadOnlySpan<byte> line, scoped ReadOnlySpan<Range> columns, int index)
    {
        var column = index is < 0 or >= MaxColumns ? default : line[columns[index]];
        return column.SequenceEqual("-"u8) ? default : column;
    }

    private static bool TryReadTime(ReadOnlySpan<byte> date, ReadOnlySpan<byte> time, TimestampReader times, out EntryTimestamp timestamp)
    {
        timestamp = default;
        if (date.Length != 10 || time.Length != 8)
        {
            return false;
        }

        Span<byte> text = stackalloc byte[20];
        date.CopyTo(text);
        text[10] = (byte)'T';
        time.CopyTo(text[11..]);
        text[19] = (byte)'Z';
        return times.TryRead(text, out timestamp);
    }

    private static ReadOnlySpan<byte> ToUrl(ReadOnlySpan<byte> path, ReadOnlySpan<byte> query, LineBuffer buffer)
    {
        path = UndoOnce(path, buffer);
        query = UndoOnce(query, buffer);
        if (path.IsEmpty || query.IsEmpty)
        {
            return path;
        }

        var url = buffer.Take(path.Length + 1 + query.Length);
        path.CopyTo(url);
        url[path.Length] = (byte)'?';
        query.CopyTo(url[(path.Length + 1)..]);
        return url;
    }

    // CloudFront encodes percent signs that the client had sent encoded already: %20 became %2520. Undoing just %25
    // gives what the client sent, and leaves the logs that encode once as they are.
    private static ReadOnlySpan<byte> UndoOnce(ReadOnlySpan<byte> text, LineBuffer buffer)
    {
        if (text.IndexOf("%25"u8) < 0)
        {
            return text;
        }

        var result = buffer.Take(text.Length);
        var written = 0;
        while (text.IndexOf("%25"u8) is var next and >= 0)
        {
            text[..(next + 1)].CopyTo(result[written..]);
            written += next + 1;
            text = text[(next + 3)..];
        }

        text.CopyTo(result[written..]);
        return result[..(written + text.Length)];
    }

    // A user agent is sent as plain text: all encoding in the log is CloudFront's.
    private static ReadOnlySpan<byte> UndoTwice(ReadOnlySpan<byte> text, LineBuffer buffer) =>
        Escapes.UndoPercents(UndoOnce(text, buffer), buffer);

    private sealed class Columns(string[] names) : LogHeader
    {
        public int Count { get; } = names.Length;

        public int Date { get; } = Array.IndexOf(names, "date");

        public int Time { get; } = Array.IndexOf(names, "time");

        public int RemoteIp { get; } = Array.IndexOf(names, "c-ip");

        public int Method { get; } = Array.IndexOf(names, "cs-method");

        public int Path { get; } = Array.IndexOf(names, "cs-uri-stem");

        public int Query { get; } = Array.IndexOf(names, "cs-uri-query");

        public int Referer { get; } = Array.IndexOf(names, "cs(Referer)");

        public int UserAgent { get; } = Array.IndexOf(names, "cs(User-Agent)");

        public static Columns Parse(ReadOnlySpan<byte> names) =>
            new(Encoding.ASCII.GetString(names).Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries));
    }
}
