using System.Globalization;

namespace PixelPipeline.Logs;

/// <summary>Undoes how log formats write the bytes that would end a field.</summary>
internal static class Escapes
{
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
    public static ReadOnlySpan<byte> UndoBackslashes(ReadOnlySpan<byte> text, LineBuffer buffer)
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
            var (value, length) = Unescape(text);
            result[written++] = value;
            text = text[length..];
        }

        text.CopyTo(result[written..]);
        return result[..(written + text.Length)];
    }

    /// <summary>Undoes percent sequences; a percent sign that two hexadecimal digits do not follow stays as it is.</summary>
    public static ReadOnlySpan<byte> UndoPercents(ReadOnlySpan<byte> text, LineBuffer buffer)
    {
        if (!text.Contains((byte)'%'))
        {
            return text;
        }

        var result = buffer.Take(text.Length);
        var written = 0;
        while (text.IndexOf((byte)'%') is var next and >= 0)
        {
            text[..next].CopyTo(result[written..]);
            written += next;
            text = text[next..];
            var isSequence = TryReadHex(text, 1, out var value);
            result[written++] = isSequence ? value : (byte)'%';
            text = text[(isSequence ? 3 : 1)..];
        }

        text.CopyTo(result[written..]);
        return result[..(written + text.Length)];
    }

    private static (byte Value, int Length) Unescape(ReadOnlySpan<byte> text)
    {
        if (text.Length > 1 && text[1] is (byte)'"' or (byte)'\\')
        {
            return (text[1], 2);
        }

        return text.Length > 1 && text[1] == 'x' && TryReadHex(text, 2, out var value) ? (value, 4) : ((byte)'\\', 1);
    }

    private static bool TryReadHex(ReadOnlySpan<byte> text, int at, out byte value)
    {
        // Looked at first: the number parsers of .NET overlook trailing NUL characters.
        var isHex = text.Length >= at + 2 && char.IsAsciiHexDigit((char)text[at]) && char.IsAsciiHexDigit((char)text[at + 1]);
        value = isHex ? byte.Parse(text[at..(at + 2)], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : (byte)0;
        return isHex;
    }
}
