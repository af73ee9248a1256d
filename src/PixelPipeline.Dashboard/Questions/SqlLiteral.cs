using System.Globalization;
using System.Text;

namespace PixelPipeline.Dashboard.Questions;

/// <summary>Values as GoogleSQL writes them, for statements that people read and run; what the dashboard runs has parameters.</summary>
/// <seealso href="https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical#literals"/>
internal static class SqlLiteral
{
    /// <summary>The literal of a parameter's value.</summary>
    public static string Of(object value) => value switch
    {
        DateTime time => FormattableString.Invariant($"TIMESTAMP '{time:yyyy-MM-dd HH:mm:ss.FFFFFF}+00'"),
        string text => OfText(text),
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
    };

    // Nothing but letters and digits of ASCII and what is harmless in quotes stands as it is.
    private static string OfText(string text)
    {
        var literal = new StringBuilder("'");
        foreach (var rune in text.EnumerateRunes())
        {
            literal.Append(rune.Value switch
            {
                >= ' ' and <= '~' and not ('\'' or '\\' or '`' or '@') => rune.ToString(),
                <= 0xFFFF => "\\u" + rune.Value.ToString("x4", CultureInfo.InvariantCulture),
                _ => "\\U" + rune.Value.ToString("x8", CultureInfo.InvariantCulture),
            });
        }

        return literal.Append('\'').ToString();
    }
}
