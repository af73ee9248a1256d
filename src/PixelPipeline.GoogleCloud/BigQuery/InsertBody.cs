using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;

namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>The body of an insert, put together from the rows' own bytes.</summary>
internal static class InsertBody
{
    /// <summary>
    /// 64 KiB: from here on the body is compressed. Below it, setting the compressor up costs more processor time than
    /// all the rest of the call, and between Google's own services nobody pays for bytes.
    /// </summary>
    internal const int CompressedFrom = 64 * 1024;

    private static ReadOnlySpan<byte> Comma => ","u8;

    private static ReadOnlySpan<byte> Tail => "]}"u8;

    /// <summary>The body with these rows.</summary>
    /// <param name="suffix">Of the table made from a template: letters, digits and underscores; empty for none.</param>
    /// <param name="rows">At least one.</param>
    public static HttpContent Of(string suffix, ReadOnlyMemory<byte>[] rows)
    {
        var head = Encoding.ASCII.GetBytes(suffix.Length == 0 ? "{\"rows\":[" : $"{{\"templateSuffix\":\"{suffix}\",\"rows\":[");
        var length = head.Length + rows.Sum(r => (long)r.Length) + rows.Length - 1 + Tail.Length;
        var content = length < CompressedFrom ? Plain(head, rows, length) : Compressed(head, rows, length);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        return content;
    }

    private static ByteArrayContent Plain(byte[] head, ReadOnlyMemory<byte>[] rows, long length)
    {
        var body = GC.AllocateUninitializedArray<byte>((int)length);
        using var stream = new MemoryStream(body);
        Write(stream, head, rows);
        return new ByteArrayContent(body);
    }

    private static ByteArrayContent Compressed(byte[] head, ReadOnlyMemory<byte>[] rows, long length)
    {
        using var stream = new MemoryStream((int)Math.Min(length / 4, CompressedFrom));
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            Write(gzip, head, rows);
        }

        var content = new ByteArrayContent(stream.GetBuffer(), 0, (int)stream.Length);
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }

    private static void Write(Stream stream, byte[] head, ReadOnlyMemory<byte>[] rows)
    {
        stream.Write(head);
        for (var i = 0; i < rows.Length; i++)
        {
            stream.Write(i == 0 ? [] : Comma);
            stream.Write(rows[i].Span);
        }

        stream.Write(Tail);
    }
}
