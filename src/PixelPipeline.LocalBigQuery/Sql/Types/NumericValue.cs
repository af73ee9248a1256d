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
    public static NumericValue Of(double value)
    {
        if (double.IsFinite(value) && Math.Abs(value) < 1e30)
        {
            var (number, power) = Parts(value);
            var nanos = power >= 0 ? (number * One) << power : Divide(number * One, BigInteger.One << -power);
            if (BigInteger.Abs(nanos) < Limit)
            {
                return new(nanos);
            }
        }

        throw new GoogleSqlException($"Illegal conversion of non-finite or too large floating point number to numeric: {value.ToString(CultureInfo.InvariantCulture)}");
    }

    /// <summary>The whole number and the power of two whose product a finite double is, exactly.</summary>
    public static (BigInteger Number, int Power) Parts(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var (fraction, exponent) = (bits & 0xF_FFFF_FFFF_FFFF, (int)((bits >> 52) & 0x7FF));
        var number = exponent == 0 ? fraction : fraction | (1L << 52);
        return (bits < 0 ? -number : number, Math.Max(exponent, 1) - 1075);
    }

    /// <summary>This many billionths; null when they are out of range.</summary>
    public static NumericValue? OrNull(BigInteger nanos) => BigInteger.Abs(nanos) < Limit ? new(nanos) : null;

    /// <summary>Reads <c>12.5</c>, <c>-1e3</c>; digits beyond the ninth after the point round, halves away from zero.</summary>
    public static bool TryParse(string text, out NumericValue value)
    {
        value = default;
        var trimmed = text.Trim(' ', '\t', '\n', '\v', '\f', '\r');
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

    /// <summary>Rounded to this many digits after the point, halves to the even neighbour.</summary>
    public NumericValue RoundEven(long decimals)
    {
        var unit = BigInteger.Pow(10, (int)Math.Clamp(Scale - decimals, 0, 60));
        var quotient = BigInteger.DivRem(Nanos, unit, out var rest);
        var twice = BigInteger.Abs(rest) * 2;
        return Checked((twice > unit || (twice == unit && !quotient.IsEven) ? quotient + Nanos.Sign : quotient) * unit);
    }

    /// <summary>The square root of one that is not negative, rounded to the nearest.</summary>
    public NumericValue SquareRoot()
    {
        var square = Nanos * One * 4; // of twice the root, whose last bit rounds
        var root = (BigInteger)Math.Sqrt((double)square);
        while (root * root > square || (root + 1) * (root + 1) <= square)
        {
            root = root.IsZero ? 1 : (root + (square / root)) / 2 is var next && next == root ? root + (root * root > square ? -1 : 1) : next;
        }

        return new((root + 1) / 2);
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
