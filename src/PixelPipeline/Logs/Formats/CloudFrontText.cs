namespace PixelPipeline.Logs.Formats;

/// <summary>Undoes what CloudFront does to the values it logs.</summary>
internal static class CloudFrontText
{
    /// <summary>
    /// A path, query or referer. CloudFront encodes percent signs that the client had sent encoded already: %20 became
    /// %2520. Undoing just %25 gives what the client sent, and leaves the logs that encode once as they are.
    /// </summary>
    public static ReadOnlySpan<byte> UndoOnce(ReadOnlySpan<byte> text, LineBuffer buffer)
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

    /// <summary>A user agent, which is sent as plain text: all encoding in the log is CloudFront's.</summary>
    public static ReadOnlySpan<byte> UndoTwice(ReadOnlySpan<byte> text, LineBuffer buffer) =>
        Escapes.UndoPercents(UndoOnce(text, buffer), buffer);
}
