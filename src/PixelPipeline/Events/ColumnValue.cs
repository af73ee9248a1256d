using System.Globalization;
using System.Text;
using PixelPipeline.Logs;

namespace PixelPipeline.Events;

/// <summary>Turns a text into a column's value, or says that it does not fit the column's type.</summary>
internal static class ColumnValue
{
    private const int NumericIntegerDigits = 29;
    private const int NumericFractionDigits = 9;

    /// <summary>
    /// Converts a text that is not empty. The result is a <see cref="string"/> for STRING and, in their normal
    /// spelling, for NUMERIC and DATE; else a <see cref="long"/>, <see cref="double"/>, <see cref="bool"/> or a UTC
    /// <see cref="DateTime"/> in whole microseconds.
    /// </summary>
    /// <param name="type">The column's type; not BYTES.</param>
    /// <param name="text">The decoded value.</param>
    /// <param name="value">The converted value; null where it does not fit.</param>
    /// <returns>False where the text does not fit the type or is over <see cref="EventSchema.MaxValueBytes"/>.</returns>
    public static bool TryConvert(ColumnType type, string text, out object? value)
    {
        value = IsTooLong(text) ? null : type switch
        {
            ColumnType.String => text,
            ColumnType.Integer => ToInteger(text),
            ColumnType.Float => ToFloat(text),
            ColumnType.Numeric => ToNumeric(text),
            ColumnType.Boolean => ToBoolean(text),
            ColumnType.Timestamp => ToTimestamp(text),
            ColumnType.Date => ToDate(text),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No attribute has this type."),
        };
        return value is not null;
    }

    private static bool IsTooLong(string text) =>
        text.Length > EventSchema.MaxValueBytes
        || (text.Length > EventSchema.MaxValueBytes / 3 && Encoding.UTF8.GetByteCount(text) > EventSchema.MaxValueBytes);

    private static long? ToInteger(string text) =>
        !EndsWithNul(text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static double? ToFloat(string text) =>
        !EndsWithNul(text)
        && double.TryParse(text, NumberStyles.Float & ~(NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite), CultureInfo.InvariantCulture, out var value)
        && double.IsFinite(value)
            ? value
            : null;

    // The number parsers of .NET overlook trailing NUL characters.
    private static bool EndsWithNul(string text) => text.EndsWith('\0');

    private static bool? ToBoolean(string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "T" or "YES" or "Y" or "1" => true,
        "FALSE" or "F" or "NO" or "N" or "0" => false,
        _ => null,
    };

    private static DateTime? ToTimestamp(string text) =>
        EntryTimestamp.TryParse(Encoding.UTF8.GetBytes(text), out var timestamp) ? timestamp.ToMicroseconds() : null;

    private static string? ToDate(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? text : null;

    private static string? ToNumeric(string text)
    {
        var negative = text[0] == '-';
        var digits = text.AsSpan(text[0] is '-' or '+' ? 1 : 0);
        var point = digits.IndexOf('.');
        var integer = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? [] : digits[(point + 1)..];
        if ((integer.IsEmpty && fraction.IsEmpty) || integer.ContainsAnyExceptInRange('0', '9') || fraction.ContainsAnyExceptInRange('0', '9'))
        {
            return null;
        }

        integer = integer.TrimStart('0');
        fraction = fraction.TrimEnd('0');
        if (integer.Length > NumericIntegerDigits || fraction.Length > NumericFractionDigits)
        {
            return null;
        }

        var magnitude = $"{(integer.IsEmpty ? "0" : integer)}{(fraction.IsEmpty ? "" : ".")}{fraction}";
        return negative && magnitude != "0" ? "-" + magnitude : magnitude;
    }
}
