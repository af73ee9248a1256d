using System.Globalization;

namespace PixelPipeline.LocalBigQuery.Values;

/// <summary>
/// Numbers as BigQuery writes floats: shortest digits, always a point, and an exponent below 0.001 and from ten
/// million on: <c>0.5</c>, <c>1234567.0</c>, <c>1.732100348408747E9</c>.
/// </summary>
internal static class ScientificText
{
    /// <summary>Writes a finite double.</summary>
    public static string Of(double number)
    {
        if (number == 0)
        {
            return double.IsNegative(number) ? "-0.0" : "0.0";
        }

        // "R" gives the shortest digits that read back as the same double: 123.456, 0.00012, 1E+23 or 1.5E-07
        var parts = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? parts[0].Length : point;
        var all = parts[0].Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        var scale = parts.Length > 1 ? int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
        return Write(number < 0, digits, scale + whole - 1 - (all.Length - digits.Length));
    }

    /// <summary>Writes microseconds as seconds, exact to the last digit.</summary>
    public static string OfMicroseconds(long microseconds)
    {
        if (microseconds == 0)
        {
            return "0.0";
        }

        var digits = Math.Abs(microseconds).ToString(CultureInfo.InvariantCulture);
        return Write(microseconds < 0, digits, digits.Length - 7);
    }

    private static string Write(bool negative, string digits, int exponent)
    {
        digits = digits.TrimEnd('0');
        var sign = negative ? "-" : "";
        return exponent switch
        {
            < -3 or >= 7 => $"{sign}{digits[0]}.{Fraction(digits, 1)}E{exponent.ToString(CultureInfo.InvariantCulture)}",
            < 0 => $"{sign}0.{new string('0', -exponent - 1)}{digits}",
            _ => $"{sign}{digits.PadRight(exponent + 1, '0')[..(exponent + 1)]}.{Fraction(digits, exponent + 1)}",
        };
    }

    private static string Fraction(string digits, int from) => digits.Length > from ? digits[from..] : "0";
}
