using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace PixelPipeline.LocalBigQuery.Values;

/// <summary>The one spelling of each NUMERIC value: no exponent, no leading zero, no trailing zero after the point.</summary>
internal static partial class NumericText
{
    private const int Scale = 9;
    private const int MaximumLength = 200;

    private static readonly BigInteger Limit = BigInteger.Pow(10, 38);

    /// <summary>Reads <c>-001.50</c> or <c>1.5e3</c> and writes <c>-1.5</c>, <c>1500</c>; false when it is no number or out of range.</summary>
    public static bool TryNormalize(string text, out string normal)
    {
        normal = "";
        if (text.Length > MaximumLength || Decimal().Match(text) is not { Success: true } match
            || !TryReadExponent(match.Groups["exponent"].Value, out var exponent))
        {
            return false;
        }

        var fraction = match.Groups["fraction"].Value;
        var digits = BigInteger.Parse("0" + match.Groups["whole"].Value + fraction, CultureInfo.InvariantCulture);
        var scaled = Shift(digits, Scale + exponent - fraction.Length);
        if (scaled >= Limit)
        {
            return false;
        }

        normal = Write(scaled, match.Groups["sign"].Value == "-" && !scaled.IsZero);
        return true;
    }

    private static bool TryReadExponent(string text, out int exponent)
    {
        exponent = 0;
        return text.Length == 0
            || (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)
                && Math.Abs((long)exponent) <= MaximumLength);
    }

    private static BigInteger Shift(BigInteger number, int places)
    {
        if (places >= 0)
        {
            return number * BigInteger.Pow(10, places);
        }

        var unit = BigInteger.Pow(10, -places);
        return (number + (unit / 2)) / unit;
    }

    private static string Write(BigInteger scaled, bool negative)
    {
        var digits = scaled.ToString(CultureInfo.InvariantCulture).PadLeft(Scale + 1, '0');
        var fraction = digits[^Scale..].TrimEnd('0');
        return $"{(negative ? "-" : "")}{digits[..^Scale]}{(fraction.Length > 0 ? "." : "")}{fraction}";
    }

    [GeneratedRegex("^(?<sign>[+-]?)(?=\\.?[0-9])(?<whole>[0-9]*)(\\.(?<fraction>[0-9]*))?([eE](?<exponent>[+-]?[0-9]+))?\\z")]
    private static partial Regex Decimal();
}
