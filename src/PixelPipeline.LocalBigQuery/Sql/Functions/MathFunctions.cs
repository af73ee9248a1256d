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
        table.Add("MOD", (NumericValue a, NumericValue b) => b.Nanos.IsZero ? throw new GoogleSqlException($"division by zero: MOD({a}, {b})") : new NumericValue(BigInteger.Remainder(a.Nanos, b.Nanos)));
        table.Add("DIV", (NumericValue a, NumericValue b) => b.Nanos.IsZero ? throw new GoogleSqlException($"division by zero: DIV({a}, {b})") : NumericValue.Checked(BigInteger.Divide(a.Nanos, b.Nanos) * 1_000_000_000));
        AddSafe(table);
        AddTrigonometry(table);
        table.Add("SAFE_DIVIDE", (NumericValue a, NumericValue b) => b.Nanos.IsZero ? (NumericValue?)null : NumericValue.Quotient(a, b));
        table.Add("SAFE_DIVIDE", (double a, double b) => b == 0 || IsOverflow(a / b, a, b) ? (double?)null : a / b);
        table.Add("IEEE_DIVIDE", (double a, double b) => a / b);
        table.Add("IS_NAN", (double d) => double.IsNaN(d));
        table.Add("IS_INF", (double d) => double.IsInfinity(d));
        AddRounding(table);
        AddPowers(table);
    }

    private static void AddSafe(FunctionTable table)
    {
        table.Add("SAFE_ADD", (long a, long b) => InRange((Int128)a + b));
        table.Add("SAFE_SUBTRACT", (long a, long b) => InRange((Int128)a - b));
        table.Add("SAFE_MULTIPLY", (long a, long b) => InRange((Int128)a * b));
        table.Add("SAFE_NEGATE", (long a) => InRange(-(Int128)a));
        table.Add("SAFE_ADD", (double a, double b) => IsOverflow(a + b, a, b) ? (double?)null : a + b);
        table.Add("SAFE_SUBTRACT", (double a, double b) => IsOverflow(a - b, a, b) ? (double?)null : a - b);
        table.Add("SAFE_MULTIPLY", (double a, double b) => IsOverflow(a * b, a, b) ? (double?)null : a * b);
        table.Add("SAFE_NEGATE", (double a) => -a);
        table.Add("SAFE_ADD", (NumericValue a, NumericValue b) => NumericValue.OrNull(a.Nanos + b.Nanos));
        table.Add("SAFE_SUBTRACT", (NumericValue a, NumericValue b) => NumericValue.OrNull(a.Nanos - b.Nanos));
        table.Add("SAFE_MULTIPLY", (NumericValue a, NumericValue b) => NumericValue.OrNull(NumericValue.Divide(a.Nanos * b.Nanos, 1_000_000_000)));
        table.Add("SAFE_NEGATE", (NumericValue a) => new NumericValue(-a.Nanos));
    }

    private static long? InRange(Int128 value) => value >= long.MinValue && value <= long.MaxValue ? (long)value : null;

    private static void AddTrigonometry(FunctionTable table)
    {
        foreach (var (name, body) in new (string, Func<double, double>)[]
        {
            ("SIN", Math.Sin), ("COS", Math.Cos), ("TAN", Math.Tan), ("ATAN", Math.Atan), ("SINH", Math.Sinh), ("COSH", Math.Cosh), ("TANH", Math.Tanh),
            ("ASINH", Math.Asinh), ("CBRT", Math.Cbrt),
        })
        {
            table.Add(name, body);
        }

        table.Add("ASIN", (double d) => Math.Abs(d) > 1 ? throw OutOfDomain("ASIN", d) : Math.Asin(d));
        table.Add("ACOS", (double d) => Math.Abs(d) > 1 ? throw OutOfDomain("ACOS", d) : Math.Acos(d));
        table.Add("ACOSH", (double d) => d < 1 ? throw OutOfDomain("ACOSH", d) : Math.Acosh(d));
        table.Add("ATANH", (double d) => Math.Abs(d) >= 1 ? throw OutOfDomain("ATANH", d) : Math.Atanh(d));
        table.Add("ATAN2", (double a, double b) => Math.Atan2(a, b));
    }

    private static void AddRounding(FunctionTable table)
    {
        table.Add("ROUND", (double d) => Math.Round(d, MidpointRounding.AwayFromZero));
        table.Add("ROUND", (double d, long digits) => Round(d, digits));
        table.Add("ROUND", (NumericValue n) => n.Round(0));
        table.Add("ROUND", (NumericValue n, long digits) => n.Round(digits));
        table.Add("ROUND", (NumericValue n, long digits, string mode) => mode.ToUpperInvariant() switch
        {
            "ROUND_HALF_AWAY_FROM_ZERO" => n.Round(digits),
            "ROUND_HALF_EVEN" => n.RoundEven(digits),
            _ => throw new GoogleSqlException($"Invalid rounding mode: {mode}"),
        });
        table.Add("TRUNC", (double d) => Math.Truncate(d));
        table.Add("TRUNC", (double d, long digits) => Truncate(d, digits));
        table.Add("TRUNC", (NumericValue n) => new NumericValue(n.Nanos - (n.Nanos % 1_000_000_000)));
        table.Add("TRUNC", (NumericValue n, long digits) => BigInteger.Pow(10, (int)Math.Clamp(9 - digits, 0, 60)) is var unit ? new NumericValue(n.Nanos - (n.Nanos % unit)) : n);
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
        table.Add("LN", (double d) => d == double.NegativeInfinity ? double.NaN : d <= 0 ? throw OutOfDomain("LN", d) : Math.Log(d));
        table.Add("LOG", (double d) => d == double.NegativeInfinity ? double.NaN : d <= 0 ? throw OutOfDomain("LOG", d) : Math.Log(d));
        table.Add("LOG", (double d, double b) => d <= 0 || b <= 0 || b == 1 ? throw OutOfDomain("LOG", d) : double.IsInfinity(b) ? double.NaN : Math.Log(d) / Math.Log(b));
        table.Add("LOG10", (double d) => d == double.NegativeInfinity ? double.NaN : d <= 0 ? throw OutOfDomain("LOG10", d) : Math.Log10(d));
        table.Add("POW", (double a, double b) => Power(a, b));
        table.Add("POWER", (double a, double b) => Power(a, b));
        table.Add("SQRT", (NumericValue n) => n.Nanos.Sign < 0 ? throw OutOfDomain("SQRT", n.ToDouble()) : n.SquareRoot());
        table.Add("LN", (NumericValue n) => OfDouble("LN", n, Math.Log));
        table.Add("LOG", (NumericValue n) => OfDouble("LOG", n, Math.Log));
        table.Add("LOG10", (NumericValue n) => OfDouble("LOG10", n, Math.Log10));
        table.Add("LOG", (NumericValue n, NumericValue b) => b.Nanos.Sign <= 0 || b == NumericValue.Of(1) ? throw OutOfDomain("LOG", n.ToDouble()) : OfDouble("LOG", n, d => Math.Log(d) / Math.Log(b.ToDouble())));
        table.Add("POW", (NumericValue a, NumericValue b) => NumericPower(a, b));
        table.Add("POWER", (NumericValue a, NumericValue b) => NumericPower(a, b));
    }

    private static double Round(double value, long digits) => Cut(value, digits, (number, unit) => NumericValue.Divide(number, unit));

    private static double Truncate(double value, long digits) => Cut(value, digits, (number, unit) => BigInteger.Divide(number, unit));

    // By the number itself, not by how it is written: 2.675 is a little less than that.
    private static double Cut(double value, long digits, Func<BigInteger, BigInteger, BigInteger> divide)
    {
        if (!double.IsFinite(value) || digits > 330 || value == 0)
        {
            return value;
        }

        if (digits < -330)
        {
            return 0;
        }

        var (number, power) = NumericValue.Parts(value); // value = number × 2^power
        var dividend = number * BigInteger.Pow(10, (int)Math.Max(digits, 0)) * (power > 0 ? BigInteger.One << power : BigInteger.One);
        var divisor = BigInteger.Pow(10, (int)Math.Max(-digits, 0)) * (power < 0 ? BigInteger.One << -power : BigInteger.One);
        var cut = divide(dividend, divisor);
        return double.Parse($"{cut}E{-digits}", CultureInfo.InvariantCulture) is var result && result == 0 ? Math.CopySign(0, value) : result;
    }

    private static double Power(double a, double b) => (a < 0 && double.IsFinite(b) && b != Math.Floor(b)) || (a == 0 && b < 0)
        ? throw new GoogleSqlException(FormattableString.Invariant($"Floating point error in function: POW({a}, {b})"))
        : Math.Pow(a, b) is var power && IsOverflow(power, a, b) ? throw Overflow($"POW({a}, {b})") : power;

    private static NumericValue OfDouble(string name, NumericValue n, Func<double, double> body) =>
        n.Nanos.Sign <= 0 ? throw OutOfDomain(name, n.ToDouble()) : NumericValue.Of(body(n.ToDouble()));

    // Exact for whole exponents, which are what people write.
    private static NumericValue NumericPower(NumericValue a, NumericValue b)
    {
        var whole = BigInteger.DivRem(b.Nanos, 1_000_000_000, out var rest);
        if (!rest.IsZero || whole < 0 || whole > 1000)
        {
            return NumericValue.Of(Power(a.ToDouble(), b.ToDouble()));
        }

        var power = BigInteger.Pow(a.Nanos, (int)whole);
        return NumericValue.Checked(whole.IsZero ? 1_000_000_000 : NumericValue.Divide(power, BigInteger.Pow(1_000_000_000, (int)whole - 1)));
    }

    private static bool IsOverflow(double result, double a, double b = 0) => double.IsInfinity(result) && double.IsFinite(a) && double.IsFinite(b);

    private static GoogleSqlException Overflow(FormattableString call) =>
        new($"Floating point overflow in function: {FormattableString.Invariant(call)}");

    private static BigInteger Floor(BigInteger nanos) => nanos - (((nanos % 1_000_000_000) + 1_000_000_000) % 1_000_000_000);

    private static GoogleSqlException DivisionByZero(string name, long a, long b) =>
        new(b == 0 ? $"division by zero: {name}({a}, {b})" : $"int64 overflow: {name}({a}, {b})");

    private static GoogleSqlException OutOfDomain(string name, double value) =>
        new(FormattableString.Invariant($"Floating point error in function: {name}({value})"));
}
