using System.Globalization;
using System.Numerics;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Functions;

/// <summary>The <see href="https://cloud.google.com/bigquery/docs/reference/standard-sql/mathematical_functions">mathematical functions</see>.</summary>
internal static class MathFunctions
{
    public static void AddTo(FunctionTable table)
    {
        table.Add("ABS", (long n) => n == long.MinValue ? throw new GoogleSqlException($"int64 overflow: ABS({n})") : Math.Abs(n));
        table.Add("ABS", (NumericValue n) => new NumericValue(BigInteger.Abs(n.Nanos)));
        table.Add("ABS", (double d) => Math.Abs(d));
        table.Add("SIGN", (long n) => (long)Math.Sign(n));
        table.Add("SIGN", (NumericValue n) => NumericValue.Of(n.Nanos.Sign));
        table.Add("SIGN", (double d) => double.IsNaN(d) ? d : Math.Sign(d));
        table.Add("MOD", (long a, long b) => b switch { 0 => throw DivisionByZero("MOD", a, b), -1 => 0, _ => a % b });
        table.Add("DIV", (long a, long b) => b == 0 || (b == -1 && a == long.MinValue) ? throw DivisionByZero("DIV", a, b) : a / b);
        table.Add("SAFE_DIVIDE", (NumericValue a, NumericValue b) => b.Nanos.IsZero ? (NumericValue?)null : NumericValue.Quotient(a, b));
        table.Add("SAFE_DIVIDE", (double a, double b) => b == 0 || IsOverflow(a / b, a, b) ? (double?)null : a / b);
        table.Add("IEEE_DIVIDE", (double a, double b) => a / b);
        table.Add("IS_NAN", (double d) => double.IsNaN(d));
        table.Add("IS_INF", (double d) => double.IsInfinity(d));
        AddRounding(table);
        AddPowers(table);
    }

    private static void AddRounding(FunctionTable table)
    {
        table.Add("ROUND", (NumericValue n) => n.Round(0));
        table.Add("ROUND", (NumericValue n, long digits) => n.Round(digits));
        table.Add("ROUND", (double d) => Math.Round(d, MidpointRounding.AwayFromZero));
        table.Add("ROUND", (double d, long digits) => Round(d, digits));
        table.Add("TRUNC", (NumericValue n) => new NumericValue(n.Nanos - (n.Nanos % 1_000_000_000)));
        table.Add("TRUNC", (double d) => Math.Truncate(d));
        foreach (var name in (ReadOnlySpan<string>)["CEIL", "CEILING"])
        {
            table.Add(name, (NumericValue n) => new NumericValue(-Floor(-n.Nanos)));
            table.Add(name, (double d) => Math.Ceiling(d));
        }

        table.Add("FLOOR", (NumericValue n) => new NumericValue(Floor(n.Nanos)));
        table.Add("FLOOR", (double d) => Math.Floor(d));
    }

    private static void AddPowers(FunctionTable table)
    {
        table.Add("SQRT", (double d) => d < 0 ? throw OutOfDomain("SQRT", d) : Math.Sqrt(d));
        table.Add("EXP", (double d) => Math.Exp(d) is var power && IsOverflow(power, d) ? throw Overflow($"EXP({d})") : power);
        table.Add("LN", (double d) => d <= 0 ? throw OutOfDomain("LN", d) : Math.Log(d));
        table.Add("LOG", (double d) => d <= 0 ? throw OutOfDomain("LOG", d) : Math.Log(d));
        table.Add("LOG", (double d, double b) => d <= 0 || b <= 0 || b == 1 ? throw OutOfDomain("LOG", d) : Math.Log(d) / Math.Log(b));
        table.Add("LOG10", (double d) => d <= 0 ? throw OutOfDomain("LOG10", d) : Math.Log10(d));
        table.Add("POW", (double a, double b) => Power(a, b));
        table.Add("POWER", (double a, double b) => Power(a, b));
    }

    private static double Round(double value, long digits)
    {
        if (!double.IsFinite(value) || digits > 28) // as many as a decimal has
        {
            return value;
        }

        // A decimal of the written number holds 2.675 as it is, so that halves round as people expect; a cast keeps 15 digits.
        const double NothingBehindThePoint = 1L << 52;
        if (digits >= 0)
        {
            return Math.Abs(value) < NothingBehindThePoint ? RoundWritten(value, (int)digits) : value;
        }

        var unit = Math.Pow(10, Math.Min(-digits, 308));
        return Math.Round(value / unit, MidpointRounding.AwayFromZero) * unit;
    }

    private static double RoundWritten(double value, int digits)
    {
        var written = decimal.Parse(value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);
        var rounded = Math.Round(written, digits, MidpointRounding.AwayFromZero);
        return double.Parse(rounded.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture); // to the nearest, which a cast is not
    }

    private static double Power(double a, double b) => (a < 0 && double.IsFinite(b) && b != Math.Floor(b)) || (a == 0 && b < 0)
        ? throw new GoogleSqlException(FormattableString.Invariant($"Floating point error in function: POW({a}, {b})"))
        : Math.Pow(a, b) is var power && IsOverflow(power, a, b) ? throw Overflow($"POW({a}, {b})") : power;

    private static bool IsOverflow(double result, double a, double b = 0) => double.IsInfinity(result) && double.IsFinite(a) && double.IsFinite(b);

    private static GoogleSqlException Overflow(FormattableString call) =>
        new($"Floating point overflow in function: {FormattableString.Invariant(call)}");

    private static BigInteger Floor(BigInteger nanos) => nanos - (((nanos % 1_000_000_000) + 1_000_000_000) % 1_000_000_000);

    private static GoogleSqlException DivisionByZero(string name, long a, long b) =>
        new(b == 0 ? $"division by zero: {name}({a}, {b})" : $"int64 overflow: {name}({a}, {b})");

    private static GoogleSqlException OutOfDomain(string name, double value) =>
        new(FormattableString.Invariant($"Floating point error in function: {name}({value})"));
}
