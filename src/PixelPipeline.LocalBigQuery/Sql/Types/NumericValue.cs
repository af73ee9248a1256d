using System.Globalization;
using System.Numerics;

namespace PixelPipeline.LocalBigQuery.Sql.Types;

/// <summary>
/// A NUMERIC: 38 digits, 9 of them after the point, exact. Its text is normalised: no leading or trailing zeros, no
/// exponent (<c>-0.5</c>, <c>12</c>), so that equal values have equal texts.
/// </summary>
internal readonly record struct NumericValue(BigInteger Nanos) : IComparable<NumericValue>
{
    private const int Scale = 9;
    private static readonly BigInteger One = BigInteger.Pow(10, Scale);
    private static readonly BigInteger Limit = BigInteger.Pow(10, 38);

    /// <summary>Checks the range.</summary>
    /// <exception cref="GoogleSqlException">More than 29 digits before the point.</exception>
    public static NumericValue Checked(BigInteger nanos) =>
        BigInteger.Abs(nanos) < Limit ? new(nanos) : throw new GoogleSqlException("numeric overflow");

    /// <summary>Exactly this integer.</summary>
    public static NumericValue Of(long value) => new(value * One);

    /// <summary>The nearest NUMERIC, halves away from zero.</summary>
    /// <exception cref="GoogleSqlException">Not finite, or out of range.</exception>
    public static NumericValue Of(double value) => double.IsFinite(value) && TryParse(value.ToString("E16", CultureInfo.InvariantCulture), out var numeric)
        ? numeric
        : throw new GoogleSqlException($"Illegal conversion of non-finite or too large floating point number to numeric: {value.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>Reads <c>12.5</c>, <c>-1e3</c>; digits beyond the ninth after the point round, halves away from zero.</summary>
    public static bool TryParse(string text, out NumericValue value)
    {
        value = default;
        var trimmed = text.Trim();
        var e = trimmed.IndexOfAny(['e', 'E']);
        var mantissa = e < 0 ? trimmed : trimmed[..e];
        var exponent = 0;
        if (e >= 0 && !int.TryParse(trimmed[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
        {
            return false;
        }

        var point = mantissa.IndexOf('.');
        var digits = point < 0 ? mantissa : mantissa.Remove(point, 1);
        var decimals = point < 0 ? 0 : mantissa.Length - point - 1;
        if (digits.Length > 400 || Math.Abs(exponent) > 400
            || !BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var unscaled))
        {
            return false;
        }

        var shift = Scale + exponent - decimals;
        value = new(shift >= 0 ? unscaled * BigInteger.Pow(10, shift) : Divide(unscaled, BigInteger.Pow(10, -shift)));
        return BigInteger.Abs(value.Nanos) < Limit;
    }

    /// <summary>Reads the normalised text.</summary>
    public static NumericValue Parse(string text) => TryParse(text, out var value)
        ? value
        : throw new GoogleSqlException($"Invalid NUMERIC value: {text}");

    public static NumericValue operator +(NumericValue a, NumericValue b) => Checked(a.Nanos + b.Nanos);

    public static NumericValue operator -(NumericValue a, NumericValue b) => Checked(a.Nanos - b.Nanos);

    public static NumericValue operator *(NumericValue a, NumericValue b) => Checked(Divide(a.Nanos * b.Nanos, One));

    public static NumericValue operator /(NumericValue a, NumericValue b) => Checked(Divide(a.Nanos * One, b.Nanos));

    /// <summary>The quotient; null when it is out of range.</summary>
    public static NumericValue? Quotient(NumericValue a, NumericValue b) =>
        Divide(a.Nanos * One, b.Nanos) is var nanos && BigInteger.Abs(nanos) < Limit ? new(nanos) : null;

    /// <inheritdoc/>
    public int CompareTo(NumericValue other) => Nanos.CompareTo(other.Nanos);

    /// <summary>The nearest FLOAT64.</summary>
    public double ToDouble() => double.Parse(ToString(), CultureInfo.InvariantCulture);

    /// <summary>Rounded to this many digits after the point, halves away from zero.</summary>
    public NumericValue Round(long decimals)
    {
        var unit = BigInteger.Pow(10, (int)Math.Clamp(Scale - decimals, 0, 60));
        return Checked(Divide(Nanos, unit) * unit);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var whole = BigInteger.DivRem(BigInteger.Abs(Nanos), One, out var rest);
        var fraction = rest.IsZero ? "" : "." + rest.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
        return (Nanos.Sign < 0 ? "-" : "") + whole.ToString(CultureInfo.InvariantCulture) + fraction;
    }

    /// <summary>The quotient, rounded to the nearest, halves away from zero.</summary>
    public static BigInteger Divide(BigInteger dividend, BigInteger divisor)
    {
        var quotient = BigInteger.DivRem(dividend, divisor, out var rest);
        var up = BigInteger.Abs(rest) * 2 >= BigInteger.Abs(divisor);
        return up ? quotient + (dividend.Sign * divisor.Sign) : quotient;
    }
}
