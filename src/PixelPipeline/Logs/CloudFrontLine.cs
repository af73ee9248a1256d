namespace PixelPipeline.Logs;

/// <summary>A line of a CloudFront standard log: tab separated, percent-encoded, a hyphen for what is absent.</summary>
internal static class CloudFrontLine
{
    private const int MaxColumns = 64;

    /// <summary>Reads a line.</summary>
    /// <param name="line">Without its end.</param>
    /// <param name="fields">Where the columns stand.</param>
    /// <param name="times">Reads the timestamp.</param>
    /// <param name="buffer">Takes what has to be rewritten.</param>
    /// <param name="result">What it tells.</param>
    /// <returns>Null, or why it cannot be read.</returns>
    public static BadLineReason? Read(ReadOnlySpan<byte> line, CloudFrontFields fields, TimestampReader times, LineBuffer buffer, out AccessLogLine result)
    {
        result = default;
        Span<Range> columns = stackalloc Range[MaxColumns];
        if (LineFields.Split(line, (byte)'\t', columns) < Math.Min(fields.Count, MaxColumns))
        {
            return BadLineReason.FieldsMissing;
        }

        if (!TryReadTime(Column(line, columns, fields.Date), Column(line, columns, fields.Time), times, out var timestamp))
        {
            return BadLineReason.NoTimestamp;
        }

        result = new AccessLogLine
        {
            Timestamp = timestamp,
            Method = Column(line, columns, fields.Method),
            Url = ToUrl(Column(line, columns, fields.Path), Column(line, columns, fields.Query), buffer),
            UserAgent = UndoTwice(Column(line, columns, fields.UserAgent), buffer),
            Referer = UndoOnce(Column(line, columns, fields.Referer), buffer),
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
}
