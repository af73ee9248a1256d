using System.Globalization;
using System.Numerics;
using System.Text;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Functions;

/// <summary>
/// What <see href="https://cloud.google.com/bigquery/docs/reference/standard-sql/conversion_functions#cast">CAST</see>
/// converts, as functions called <c>CAST TO type</c>.
/// </summary>
internal static class Casts
{
    /// <summary>The conversion from one type to another, or null when there is none.</summary>
    public static ScalarFunction? Find(SqlType from, SqlType to) =>
        FunctionTable.Find(Name(to)).FirstOrDefault(f => f.Parameters[0] == from);

    public static void AddTo(FunctionTable table)
    {
        AddToInteger(table);
        AddToNumbers(table);
        AddToString(table);
        table.Add(Name(SqlType.Bool), (long n) => n != 0);
        table.Add(Name(SqlType.Bool), (string s) => s.ToUpperInvariant() switch { "TRUE" => true, "FALSE" => false, _ => throw Bad(s, "bool") });
        table.Add(Name(SqlType.Bytes), (string s) => Encoding.UTF8.GetBytes(s));
        table.Add(Name(SqlType.Date), (string s) => TimeText.Date(s) ?? throw new GoogleSqlException($"Invalid date: '{s}'"));
        table.Add(Name(SqlType.Date), (Timestamp t) => DateOnly.FromDateTime(t.Utc));
        table.Add(Name(SqlType.Timestamp), (string s) => TimeText.Timestamp(s) ?? throw new GoogleSqlException($"Invalid timestamp: '{s}'"));
        table.Add(Name(SqlType.Timestamp), (DateOnly d) => Timestamp.From(d.ToDateTime(default), TimeZoneInfo.Utc));
    }

    private static void AddToInteger(FunctionTable table)
    {
        var name = Name(SqlType.Int64);
        table.Add(name, (bool b) => b ? 1L : 0L);
        table.Add(name, (double d) => ToInteger(d));
        table.Add(name, (NumericValue n) => (n.Round(0).Nanos / BigInteger.Pow(10, 9)) is var whole && whole >= long.MinValue && whole <= long.MaxValue ? (long)whole : throw new GoogleSqlException($"int64 out of range: {n}"));
        table.Add(name, (string s) => ParseInteger(s.Trim()) ?? throw Bad(s, "int64"));
    }

    private static void AddToNumbers(FunctionTable table)
    {
        table.Add(Name(SqlType.Float64), (long n) => (double)n);
        table.Add(Name(SqlType.Float64), (NumericValue n) => n.ToDouble());
        table.Add(Name(SqlType.Float64), (string s) => ParseFloat(s.Trim()) ?? throw Bad(s, "double"));
        table.Add(Name(SqlType.Numeric), (long n) => NumericValue.Of(n));
        table.Add(Name(SqlType.Numeric), (double d) => NumericValue.Of(d));
        table.Add(Name(SqlType.Numeric), (string s) => NumericValue.TryParse(s, out var value) ? value : throw new GoogleSqlException($"Invalid NUMERIC value: {s}"));
    }

    private static void AddToString(FunctionTable table)
    {
        var name = Name(SqlType.String);
        table.Add(name, (long n) => n.ToString(CultureInfo.InvariantCulture));
        table.Add(name, (double d) => FloatText(d));
        table.Add(name, (NumericValue n) => n.ToString());
        table.Add(name, (bool b) => b ? "true" : "false");
        table.Add(name, (DateOnly d) => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        table.Add(name, (Timestamp t) => t.ToString());
        table.Add(name, (byte[] b) => BytesFunctions.Utf8(b) ?? throw new GoogleSqlException("Invalid cast of bytes to UTF8 string"));
    }

    private static string Name(SqlType to) => $"CAST TO {to}";

    private static long ToInteger(double value)
    {
        var whole = Math.Round(value, MidpointRounding.AwayFromZero);
        return whole is >= -9223372036854775808.0 and < 9223372036854775808.0
            ? (long)whole
            : throw new GoogleSqlException($"int64 out of range: {FloatText(value)}");
    }

    private static long? ParseInteger(string text)
    {
        var digits = text.TrimStart('+', '-');
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && text.Length - digits.Length <= 1)
        {
            return ulong.TryParse(digits.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) && hex <= long.MaxValue
                ? text[0] == '-' ? -(long)hex : (long)hex
                : null;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    private static double? ParseFloat(string text) => text.ToLowerInvariant() switch
    {
        "inf" or "+inf" or "infinity" or "+infinity" => double.PositiveInfinity,
        "-inf" or "-infinity" => double.NegativeInfinity,
        "nan" => double.NaN,
        _ when text.Length > 0 && (char.IsAsciiDigit(text[^1]) || text[^1] == '.')
            && double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value) => value,
        _ => null,
    };

    private static string FloatText(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }

        var text = value == 0 ? "0" : value.ToString("R", CultureInfo.InvariantCulture);
        var exponent = text.IndexOf('E', StringComparison.Ordinal);
        return exponent < 0
            ? text
            : text[..exponent] + "e" + text[exponent + 1] + text[(exponent + 2)..].PadLeft(2, '0');
    }

    private static GoogleSqlException Bad(string text, string type) => new($"Bad {type} value: {text}");
}
