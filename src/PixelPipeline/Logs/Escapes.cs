using System.Text;

namespace PixelPipeline.Logs;

/// <summary>Undoes how log formats write the bytes that would end a field.</summary>
internal static class Escapes
{
    private const int UnicodeLength = 6; // \u0098

    /// <summary>Where the quoted text that begins here ends: the next quote that no backslash escapes; -1 where there is none.</summary>
    public static int EndOfQuoted(ReadOnlySpan<byte> text)
    {
        for (var from = 0; text[from..].IndexOf((byte)'"') is var next and >= 0; from += next + 1)
        {
            var before = text[..(from + next)];
            var backslashes = before.Length - 1 - before.LastIndexOfAnyExcept((byte)'\\');
            if (backslashes % 2 == 0)
            {
                return from + next;
            }
        }

        return -1;
    }

    /// <summary>Undoes <c>\"</c>, <c>\\</c> and <c>\x22</c>; any other backslash stays as it is.</summary>
    /// <param name="text">Any bytes.</param>
    /// <param name="buffer">Where to write if anything is to be undone.</param>
    public static ReadOnlySpan<byte> UndoBackslashes(ReadOnlySpan<byte> text, LineBuffer buffer) => UndoBackslashes(text, letters: default, buffer);

    /// <summary>
    /// Undoes the escapes of a request line, and <c>\u0098</c>. Not those of tabs and line breaks: no server takes a request
    /// line with one, while a query may hold a backslash, which some servers leave as it is. Where what HAProxy writes with
    /// a number sign is all that has one, it is undone as well.
    /// </summary>
    public static ReadOnlySpan<byte> UndoInRequest(ReadOnlySpan<byte> text, bool isEscaping, LineBuffer buffer)
    {
        text = UndoInText(text, "u"u8, isEscaping, buffer);
        return AreAllHashes(text) ? UndoHashes(text, buffer) : text;
    }

    /// <summary>Undoes the escapes of a user agent or referer.</summary>
    public static ReadOnlySpan<byte> UndoInHeader(ReadOnlySpan<byte> text, bool isEscaping, LineBuffer buffer) => UndoInText(text, Letters, isEscaping, buffer);

    /// <summary>Undoes HAProxy's <c>#22</c>; a number sign that two hexadecimal digits do not follow stays as it is.</summary>
    public static ReadOnlySpan<byte> UndoHashes(ReadOnlySpan<byte> text, LineBuffer buffer) => UndoHex(text, (byte)'#', buffer);

    /// <summary>A plus for a space, as W3C logs have it.</summary>
    public static ReadOnlySpan<byte> UndoPluses(ReadOnlySpan<byte> text, LineBuffer buffer)
    {
        if (!text.Contains((byte)'+'))
        {
            return text;
        }

        var result = buffer.Take(text.Length);
        text.Replace(result, (byte)'+', (byte)' ');
        return result;
    }

    /// <summary>A quote for two, as CSV has it.</summary>
    public static ReadOnlySpan<byte> UndoDoubledQuotes(ReadOnlySpan<byte> text, LineBuffer buffer)
    {
        if (!text.Contains((byte)'"'))
        {
            return text;
        }

        var result = buffer.Take(text.Length);
        var written = 0;
        for (var i = 0; i < text.Length; i++)
        {
            result[written++] = text[i];
            i += text[i] == '"' && i + 1 < text.Length && text[i + 1] == '"' ? 1 : 0;
        }

        return result[..written];
    }

    /// <summary>Undoes percent sequences; a percent sign that two hexadecimal digits do not follow stays as it is.</summary>
    public static ReadOnlySpan<byte> UndoPercents(ReadOnlySpan<byte> text, LineBuffer buffer) => UndoHex(text, (byte)'%', buffer);

    private static ReadOnlySpan<byte> Letters => "tnrbfvu"u8;

    private static ReadOnlySpan<byte> UndoBackslashes(ReadOnlySpan<byte> text, ReadOnlySpan<byte> letters, LineBuffer buffer)
    {
        if (!text.Contains((byte)'\\'))
        {
            return text;
        }

        var result = buffer.Take(text.Length);
        var written = 0;
        while (text.IndexOf((byte)'\\') is var next and >= 0)
        {
            text[..next].CopyTo(result[written..]);
            written += next;
            text = text[next..];
            var (value, length) = Unescape(text, letters);
            written += Rune.TryCreate(value, out var rune) && length == UnicodeLength ? rune.EncodeToUtf8(result[written..]) : Write(result, written, value);
            text = text[length..];
        }

        text.CopyTo(result[written..]);
        return result[..(written + text.Length)];
    }

    private static int Write(Span<byte> result, int at, int value)
    {
        result[at] = (byte)value;
        return 1;
    }

    // A backslash that begins no escape was written by a server that leaves them as they are: there, only a quote has one before it.
    private static ReadOnlySpan<byte> UndoInText(ReadOnlySpan<byte> text, ReadOnlySpan<byte> letters, bool isEscaping, LineBuffer buffer)
    {
        if (!isEscaping || !text.Contains((byte)'\\'))
        {
            return text;
        }

        return AreAllEscapes(text) ? UndoBackslashes(text, letters, buffer) : UndoQuotes(text, buffer);
    }

    private static ReadOnlySpan<byte> UndoQuotes(ReadOnlySpan<byte> text, LineBuffer buffer)
    {
        var result = buffer.Take(text.Length);
        var written = 0;
        for (var i = 0; i < text.Length; i++)
        {
            i += text[i] == '\\' && i + 1 < text.Length && text[i + 1] == '"' ? 1 : 0;
            result[written++] = text[i];
        }

        return result[..written];
    }

    // HAProxy writes quotes, number signs, control characters and what is not ASCII so, with capital letters. A fragment,
    // which no browser sends, begins otherwise.
    private static bool AreAllHashes(ReadOnlySpan<byte> text)
    {
        while (text.IndexOf((byte)'#') is var next and >= 0)
        {
            text = text[next..];
            if (!HexPair.TryRead(text, 1, out var value) || text[1..3].ContainsAnyInRange((byte)'a', (byte)'f') || value is not ((byte)'"' or (byte)'#' or < 0x20 or >= 0x7B))
            {
                return false;
            }

            text = text[3..];
        }

        return true;
    }

    /// <summary>
    /// Bytes that a program took for Latin-1, and wrote as UTF-8, as they were; what holds other characters stays as it is.
    /// </summary>
    public static ReadOnlySpan<byte> UndoLatin1(ReadOnlySpan<byte> text, LineBuffer buffer)
    {
        if (!text.ContainsAnyExceptInRange((byte)0, (byte)0x7F))
        {
            return text;
        }

        var result = buffer.Take(text.Length);
        var written = 0;
        for (var rest = text; !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf8(rest, out var rune, out var length) != System.Buffers.OperationStatus.Done || rune.Value > byte.MaxValue)
            {
                return text;
            }

            result[written++] = (byte)rune.Value;
            rest = rest[length..];
        }

        return result[..written];
    }

    private static bool AreAllEscapes(ReadOnlySpan<byte> text)
    {
        while (text.IndexOf((byte)'\\') is var next and >= 0)
        {
            text = text[next..];
            var length = Unescape(text, Letters).Length;
            if (length == 1)
            {
                return false;
            }

            text = text[length..];
        }

        return true;
    }

    private static ReadOnlySpan<byte> UndoHex(ReadOnlySpan<byte> text, byte mark, LineBuffer buffer)
    {
        if (!text.Contains(mark))
        {
            return text;
        }

        var result = buffer.Take(text.Length);
        var written = 0;
        while (text.IndexOf(mark) is var next and >= 0)
        {
            text[..next].CopyTo(result[written..]);
            written += next;
            text = text[next..];
            var isSequence = HexPair.TryRead(text, 1, out var value);
            result[written++] = isSequence ? value : mark;
            text = text[(isSequence ? 3 : 1)..];
        }

        text.CopyTo(result[written..]);
        return result[..(written + text.Length)];
    }

    private static (int Value, int Length) Unescape(ReadOnlySpan<byte> text, ReadOnlySpan<byte> letters)
    {
        if (text.Length > 1 && text[1] is (byte)'"' or (byte)'\\')
        {
            return (text[1], 2);
        }

        if (text.Length > 1 && text[1] == 'x' && HexPair.TryRead(text, 2, out var value))
        {
            return (value, 4);
        }

        if (text.Length < 2 || !letters.Contains(text[1]))
        {
            return ('\\', 1);
        }

        if (text[1] != 'u')
        {
            return ("\t\n\r\b\f\v"[Letters.IndexOf(text[1])], 2);
        }

        return HexPair.TryRead(text, 2, out var high) && HexPair.TryRead(text, 4, out var low) && Rune.IsValid((high << 8) | low) ? ((high << 8) | low, UnicodeLength) : ('\\', 1);
    }
}
