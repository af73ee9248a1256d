using System.Text;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Functions;

/// <summary>
/// The operators that the engine computes differently: what fails when it overflows or divides by zero, dates, comparisons with NaN.
/// </summary>
internal static class Operators
{
    public static void AddTo(FunctionTable table)
    {
        table.Add("+", (long a, long b) => InRange((Int128)a + b, a, "+", b));
        table.Add("-", (long a, long b) => InRange((Int128)a - b, a, "-", b));
        table.Add("*", (long a, long b) => InRange((Int128)a * b, a, "*", b));
        table.Add("-", (long a) => InRange(-(Int128)a, 0, "-", a));
        table.Add("/", (long a, long b) => b == 0 ? throw DivisionByZero(a, b) : (double)a / b);
        table.Add("+", (NumericValue a, NumericValue b) => a + b);
        table.Add("-", (NumericValue a, NumericValue b) => a - b);
        table.Add("*", (NumericValue a, NumericValue b) => a * b);
        table.Add("-", (NumericValue a) => new NumericValue(-a.Nanos));
        table.Add("/", (NumericValue a, NumericValue b) => b.Nanos.IsZero ? throw DivisionByZero(a, b) : a / b);
        table.Add("+", (double a, double b) => Finite(a + b, a, "+", b));
        table.Add("-", (double a, double b) => Finite(a - b, a, "-", b));
        table.Add("*", (double a, double b) => Finite(a * b, a, "*", b));
        table.Add("-", (double a) => -a);
        table.Add("/", (double a, double b) => b == 0 ? throw DivisionByZero(a, b) : Finite(a / b, a, "/", b));
        AddBitwise(table);
        IntervalArithmetic.AddTo(table);
        table.Add("+", (DateOnly d, long n) => TimeArithmetic.Add(d, n, DatePart.Day));
        table.Add("+", (long n, DateOnly d) => TimeArithmetic.Add(d, n, DatePart.Day));
        table.Add("-", (DateOnly d, long n) => TimeArithmetic.Add(d, -(Int128)n, DatePart.Day));
        table.Add("=", (double a, double b) => a == b);
        table.Add("!=", (double a, double b) => a != b);
        table.Add("<", (double a, double b) => a < b);
        table.Add("<=", (double a, double b) => a <= b);
        table.Add(">", (double a, double b) => a > b);
        table.Add(">=", (double a, double b) => a >= b);
        table.Add("<", (NumericValue a, NumericValue b) => a.Nanos < b.Nanos);
        table.Add("<=", (NumericValue a, NumericValue b) => a.Nanos <= b.Nanos);
        table.Add(">", (NumericValue a, NumericValue b) => a.Nanos > b.Nanos);
        table.Add(">=", (NumericValue a, NumericValue b) => a.Nanos >= b.Nanos);
        table.Add("LIKE", (string text, string pattern) => LikePattern.IsMatch(text, pattern));
        table.Add("LIKE", (byte[] bytes, byte[] pattern) => LikePattern.IsMatch(Encoding.Latin1.GetString(bytes), Encoding.Latin1.GetString(pattern)));
    }

    private static void AddBitwise(FunctionTable table)
    {
        table.Add("&", (long a, long b) => a & b);
        table.Add("|", (long a, long b) => a | b);
        table.Add("^", (long a, long b) => a ^ b);
        table.Add("~", (long a) => ~a);
        table.Add("<<", (long a, long n) => n < 0 ? throw NegativeShift() : n > 63 ? 0 : a << (int)n);
        table.Add(">>", (long a, long n) => n < 0 ? throw NegativeShift() : n > 63 ? 0 : (long)((ulong)a >> (int)n));
    }

    private static GoogleSqlException NegativeShift() => new("Bitwise binary shift by a negative offset");

    private static long InRange(Int128 result, long a, string symbol, long b) => result >= long.MinValue && result <= long.MaxValue
        ? (long)result
        : throw new GoogleSqlException(FormattableString.Invariant($"int64 overflow: {a} {symbol} {b}"));

    private static double Finite(double result, double a, string symbol, double b) =>
        double.IsInfinity(result) && double.IsFinite(a) && double.IsFinite(b)
            ? throw new GoogleSqlException(FormattableString.Invariant($"double overflow: {a} {symbol} {b}"))
            : result;

    private static GoogleSqlException DivisionByZero(object a, object b) =>
        new(FormattableString.Invariant($"division by zero: {a} / {b}"));
}
