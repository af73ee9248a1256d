using System.Globalization;
using System.Text;

namespace PixelPipeline.LocalBigQuery.Sql.Syntax;

/// <summary>
/// The <see href="https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical#escape_sequences">escape
/// sequences</see> of literals and quoted identifiers.
/// </summary>
internal static class EscapeSequences
{
    private const string Simple = "abfnrtv\\?\"'`";
    private const string SimpleValues = "\a\b\f\n\r\t\v\\?\"'`";

    /// <summary>The text with its escapes replaced; for bytes, one character a byte.</summary>
    /// <exception cref="GoogleSqlException">An escape is illegal.</exception>
    public static string Decode(ReadOnlySpan<char> body, bool isBytes, SourcePosition position)
    {
        var text = new StringBuilder(body.Length);
        while (!body.IsEmpty)
        {
            var plain = body.IndexOf('\\');
            plain = plain < 0 ? body.Length : plain;
            text.Append(isBytes ? AsBytes(body[..plain]) : body[..plain]);
            body = body[plain..];
            if (!body.IsEmpty)
            {
                body = body[Escape(body, text, isBytes, position)..];
            }
        }

        return text.ToString();
    }

    /// <summary>The UTF-8 bytes of the text, one character a byte.</summary>
    public static string AsBytes(ReadOnlySpan<char> text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text.ToString()));

    private static int Escape(ReadOnlySpan<char> body, StringBuilder text, bool isBytes, SourcePosition position)
    {
        var kind = body.Length > 1 ? body[1] : '\0';
        if (Simple.IndexOf(kind) is >= 0 and var i)
        {
            text.Append(SimpleValues[i]);
            return 2;
        }

        return kind switch
        {
            'x' or 'X' => Code(body, 2, 2, 16, text, isBytes, position),
            >= '0' and <= '3' => Code(body, 1, 3, 8, text, isBytes, position),
            'u' when !isBytes => Code(body, 2, 4, 16, text, isBytes, position),
            'U' when !isBytes => Code(body, 2, 8, 16, text, isBytes, position),
            _ => throw Illegal(body, 2, position),
        };
    }

    private static int Code(ReadOnlySpan<char> body, int from, int digits, int radix, StringBuilder text, bool isBytes, SourcePosition position)
    {
        var length = from + digits;
        if (body.Length < length || !TryParse(body[from..length], radix, out var code))
        {
            throw Illegal(body, length, position);
        }

        if (isBytes)
        {
            text.Append((char)code);
        }
        else
        {
            text.Append(Rune.TryCreate(code, out var rune) ? rune.ToString() : throw Illegal(body, length, position));
        }

        return length;
    }

    private static bool TryParse(ReadOnlySpan<char> digits, int radix, out int code)
    {
        code = 0;
        if (radix == 16)
        {
            return int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code);
        }

        foreach (var digit in digits)
        {
            if (digit is < '0' or > '7')
            {
                return false;
            }

            code = (code * 8) + digit - '0';
        }

        return true;
    }

    private static GoogleSqlException Illegal(ReadOnlySpan<char> body, int length, SourcePosition position) =>
        new($"Syntax error: Illegal escape sequence: {body[..Math.Min(length, body.Length)]}", position);
}
