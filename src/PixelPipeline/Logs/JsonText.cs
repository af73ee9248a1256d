using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PixelPipeline.Logs;

/// <summary>Texts out of a JSON document whose strings need not be valid Unicode.</summary>
internal static class JsonText
{
    /// <summary>
    /// The value that the reader stands on as UTF-8: a string without quotes and escapes, null as nothing, any other
    /// value as its JSON text. Moves the reader to the value's end.
    /// </summary>
    /// <param name="reader">Stands on the first token of a value of <paramref name="json"/>.</param>
    /// <param name="json">The whole document, of which the result is a view where it can be.</param>
    public static ReadOnlySpan<byte> ReadValue(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json) => reader.TokenType switch
    {
        JsonTokenType.String => ReadString(ref reader),
        JsonTokenType.Null => default,
        _ => ReadRaw(ref reader, json),
    };

    /// <summary>The string or property name that the reader stands on as UTF-8, without quotes and escapes.</summary>
    public static ReadOnlySpan<byte> ReadString(scoped ref Utf8JsonReader reader) =>
        reader.ValueIsEscaped ? Unescape(reader.ValueSpan) : reader.ValueSpan;

    /// <summary>The JSON text of the value that the reader stands on. Moves the reader to its end.</summary>
    public static ReadOnlySpan<byte> ReadRaw(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return json[start..(int)reader.BytesConsumed];
    }

    // Utf8JsonReader.CopyString throws on lone surrogates and on bytes that are no UTF-8: both come from the outside
    // and are replaced here instead. The reader has checked the escapes' syntax.
    private static byte[] Unescape(ReadOnlySpan<byte> escaped)
    {
        var buffer = new ArrayBufferWriter<byte>(escaped.Length);
        while (escaped.IndexOf((byte)'\\') is var backslash and >= 0)
        {
            buffer.Write(escaped[..backslash]);
            escaped = escaped[backslash..];
            escaped = escaped[1] == 'u' ? UnescapeUnicode(escaped, buffer) : UnescapeSimple(escaped, buffer);
        }

        buffer.Write(escaped);
        return buffer.WrittenSpan.ToArray();
    }

    private static ReadOnlySpan<byte> UnescapeSimple(ReadOnlySpan<byte> escaped, ArrayBufferWriter<byte> buffer)
    {
        buffer.Write([escaped[1] switch
        {
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            var other => other,
        }]);
        return escaped[2..];
    }

    private static ReadOnlySpan<byte> UnescapeUnicode(ReadOnlySpan<byte> escaped, ArrayBufferWriter<byte> buffer)
    {
        var high = CodeUnit(escaped);
        escaped = escaped[6..];
        if (!Rune.TryCreate(high, out var rune))
        {
            rune = Rune.ReplacementChar;
            if (escaped.StartsWith("\\u"u8) && Rune.TryCreate(high, CodeUnit(escaped), out var pair))
            {
                rune = pair;
                escaped = escaped[6..];
            }
        }

        buffer.Advance(rune.EncodeToUtf8(buffer.GetSpan(4)));
        return escaped;
    }

    private static char CodeUnit(ReadOnlySpan<byte> escaped) =>
        (char)ushort.Parse(escaped[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
