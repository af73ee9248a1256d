using System.Buffers;
using System.Globalization;
using System.Text;

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
        if (text is [(byte)'%', _, _, ..] && TryHex(text[1..3], out var encoded))
        {
            plain[0] = (byte)encoded;
            return 3;
        }

        if (text is [(byte)'\\', (byte)'x', _, _, ..] && TryHex(text[2..4], out encoded))
        {
            plain[0] = (byte)encoded;
            return 4;
        }

        if (text is [(byte)'\\', (byte)'u', _, _, _, _, ..] && TryHex(text[2..6], out encoded))
        {
            written = new Rune(char.IsSurrogate((char)encoded) ? '\uFFFD' : (char)encoded).EncodeToUtf8(plain);
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

    private static bool TryHex(ReadOnlySpan<byte> digits, out int value)
    {
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit((char)digit)) // looked at first: the number parsers of .NET overlook trailing NUL characters
            {
                value = 0;
                return false;
            }
        }

        return int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }
}
