using System.Text;
using PixelPipeline.LocalBigQuery.Api;

namespace PixelPipeline.LocalBigQuery.Loads.Uploads;

/// <summary>
/// Takes an upload apart that has the job and its file in one body
/// (https://cloud.google.com/bigquery/docs/reference/api-uploads#multipart). Lines end with CR LF or, as <c>bq</c> has
/// them, with LF.
/// </summary>
internal static class MultipartRelated
{
    private const int LongestEnd = 1024;

    /// <summary>Finds the rows in the file, and returns the job's JSON.</summary>
    /// <exception cref="ApiException">400: it is no such body.</exception>
    public static ReadOnlyMemory<byte> Split(UploadFile file, string boundary)
    {
        var delimiter = Encoding.UTF8.GetBytes($"--{boundary}");
        using var raw = file.OpenRaw();
        var lines = new LineReader(raw);
        _ = Until(lines, line => line.SequenceEqual(delimiter));
        _ = Until(lines, line => line.IsEmpty);
        var job = Until(lines, line => line.SequenceEqual(delimiter));
        _ = Until(lines, line => line.IsEmpty);
        file.KeepContent(lines.NextPosition, Math.Max(lines.NextPosition, EndOfContent(raw, delimiter)));
        return job;
    }

    private delegate bool IsEnd(ReadOnlySpan<byte> line);

    private static ReadOnlyMemory<byte> Until(LineReader lines, IsEnd isEnd)
    {
        var read = new MemoryStream();
        while (lines.TryRead(out var line))
        {
            if (isEnd(line.Span.TrimEnd("\r \t"u8)))
            {
                return read.GetBuffer().AsMemory(0, (int)read.Length);
            }

            read.Write(line.Span);
            if (read.Length > JsonBody.MaximumBytes)
            {
                throw ApiException.TooLarge(JsonBody.MaximumBytes);
            }
        }

        throw Malformed();
    }

    /// <summary>Where the line break before the last delimiter is. The rows themselves are not looked through.</summary>
    private static long EndOfContent(FileStream raw, byte[] delimiter)
    {
        byte[] end = [(byte)'\n', .. delimiter, (byte)'-', (byte)'-'];
        var tail = new byte[Math.Min(raw.Length, LongestEnd + end.Length)];
        raw.Seek(-tail.Length, SeekOrigin.End);
        raw.ReadExactly(tail);
        var found = tail.AsSpan().LastIndexOf(end);
        if (found < 0)
        {
            throw Malformed();
        }

        return raw.Length - tail.Length + (found > 0 && tail[found - 1] == '\r' ? found - 1 : found);
    }

    private static ApiException Malformed() =>
        ApiException.Invalid("The body has to have two parts, a job and its file, between the boundaries that Content-Type announces.");
}
