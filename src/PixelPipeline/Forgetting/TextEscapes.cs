using System.Buffers;
using System.Text;
using PixelPipeline.Logs;

namespace PixelPipeline.Forgetting;

/// <summary>Undoes the escapes that URLs, JSON, HTML and access logs have, one level of them, whichever they are.</summary>
internal static class TextEscapes
{
    private static readonly SearchValues<byte> Marks = SearchValues.Create("%\\&"u8);

    /// <summary>The text without one level of escapes; empty where it has none.</summary>
    public static byte[] Undo(ReadOnlySpan<byte> text)
    {
        var plain = new byte[text.Length]; // no escape is shorter than what it stands for
        var (length, undone) = (0, false);
        while (!text.IsEmpty)
        {
            var mark = text.IndexOfAny(Marks);
            var before = mark < 0 ? text : text[..mark];
            before.CopyTo(plain.AsSpan(length));
            length += before.Length;
            text = text[before.Length..];
            if (!text.IsEmpty)
            {
                var taken = UndoAt(text, plain.AsSpan(length), out var written);
                undone |= taken > 1;
                length += written;
                text = text[taken..];
            }
        }

        return undone ? plain[..length] : [];
    }

    // How many bytes the escape takes; 1 where there is none.
    private static int UndoAt(ReadOnlySpan<byte> text, Span<byte> plain, out int written)
    {
        written = 1;
        if (text[0] == '%' && HexPair.TryRead(text, 1, out plain[0]))
        {
            return 3;
        }

        if (text is [(byte)'\\', (byte)'x', ..] && HexPair.TryRead(text, 2, out plain[0]))
        {
            return 4;
        }

        if (text is [(byte)'\\', (byte)'u', ..] && HexPair.TryRead(text, 2, out var high) && HexPair.TryRead(text, 4, out var low))
        {
            var character = (char)((high << 8) | low);
            written = new Rune(char.IsSurrogate(character) ? '\uFFFD' : character).EncodeToUtf8(plain);
            return 6;
        }

        if (text is [(byte)'\\', (byte)'"' or (byte)'\\' or (byte)'/', ..])
        {
            plain[0] = text[1];
            return 2;
        }

        plain[0] = text[0];
        return text.StartsWith("&amp;"u8) ? "&amp;".Length : 1;
    }
}
