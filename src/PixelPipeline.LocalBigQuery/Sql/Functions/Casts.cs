using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Functions;

/// <summary>
/// What <see href="https://cloud.google.com/bigquery/docs/reference/standard-sql/conversion_functions#cast">CAST</see>
/// converts, as functions called <c>CAST TO type</c>.
/// </summary>
internal static partial class Casts
{
    /// <summary>The conversion from one type to another, or null when there is none.</summary>
    public static ScalarFunction? Find(DataType from, DataType to) =>
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
        table.Add(Name(SqlType.Date), (Datetime t) => DateOnly.FromDateTime(t.Wall));
        table.Add(Name(SqlType.Datetime), (string s) => TimeText.Datetime(s) ?? throw new GoogleSqlException($"Invalid datetime string \"{s}\""));
        table.Add(Name(SqlType.Datetime), (Timestamp t) => new Datetime(t.Micros));
        table.Add(Name(SqlType.Datetime), (DateOnly d) => Datetime.Of(d.ToDateTime(default)));
        table.Add(Name(SqlType.Time), (string s) => TimeText.Time(s) ?? throw new GoogleSqlException($"Invalid time string \"{s}\""));
        table.Add(Name(SqlType.Time), (Timestamp t) => TimeOnly.FromDateTime(t.Utc));
        table.Add(Name(SqlType.Time), (Datetime t) => TimeOnly.FromDateTime(t.Wall));
        table.Add(Name(SqlType.Timestamp), (Datetime t) => new Timestamp(t.Micros));
        table.Add(Name(SqlType.Json), (string s) => JsonFunctions.Parse(s));
        table.Add(Name(SqlType.Timestamp), (DateOnly d) => Timestamp.From(d.ToDateTime(default), NodaTime.DateTimeZone.Utc));
    }

    private static void AddToInteger(FunctionTable table)
    {
        var name = Name(SqlType.Int64);
        table.Add(name, (bool b) => b ? 1L : 0L);
        table.Add(name, (double d) => ToInteger(d));
        table.Add(name, (NumericValue n) => (n.Round(0).Nanos / BigInteger.Pow(10, 9)) is var whole && whole >= long.MinValue && whole <= long.MaxValue ? (long)whole : throw new GoogleSqlException($"int64 out of range: {n}"));
        table.Add(name, (string s) => ParseInteger(Trimmed(s)) ?? throw Bad(s, "int64"));
    }

    private static void AddToNumbers(FunctionTable table)
    {
        table.Add(Name(SqlType.Float64), (long n) => (double)n);
        table.Add(Name(SqlType.Float64), (NumericValue n) => n.ToDouble());
        table.Add(Name(SqlType.Float64), (string s) => ParseFloat(Trimmed(s)) ?? throw Bad(s, "double"));
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
        table.Add(name, (Datetime t) => t.ToString());
        table.Add(name, (TimeOnly t) => t.ToString($"HH:mm:ss{Datetime.Fraction(t.Ticks / TimeSpan.TicksPerMicrosecond)}", CultureInfo.InvariantCulture));
        table.Add(name, (Interval i) => i.ToString());
        table.Add(name, (byte[] b) => BytesFunctions.Utf8(b) ?? throw new GoogleSqlException("Invalid cast of bytes to UTF8 string"));
    }

    private static string Name(DataType to) => $"CAST TO {to.Kind}";

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
            return ulong.TryParse(digits.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) && hex <= (text[0] == '-' ? 1UL << 63 : long.MaxValue)
                ? text[0] == '-' ? -(long)hex : (long)hex
                : null;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    private static double? ParseFloat(string text) => text.ToLowerInvariant() switch
    {
        "inf" or "+inf" or "infinity" or "+infinity" => double.PositiveInfinity,
        "-inf" or "-infinity" => double.NegativeInfinity,
        "nan" or "+nan" or "-nan" => double.NaN,
        var lower when lower.TrimStart('+', '-').StartsWith("0x", StringComparison.Ordinal) => ParseHexFloat(lower),
        _ when text.Length > 0 && (char.IsAsciiDigit(text[^1]) || text[^1] == '.')
            && double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value) => value,
        _ => null,
    };

    // 0x1.8p3 is 12.
    private static double? ParseHexFloat(string text)
    {
        if (HexFloat().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var digits = match.Groups["whole"].Value + match.Groups["part"].Value;
        var power = match.Groups["power"].Success ? int.Parse(match.Groups["power"].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
        var number = (double)BigInteger.Parse("0" + digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) * Math.Pow(2, power - (4 * match.Groups["part"].Length));
        return digits.Length == 0 ? null : text[0] == '-' ? -number : number;
    }

    // As C's printf has it with 15 digits or, where those are not the number itself, with 17.
    private static string FloatText(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }

        if (value == 0)
        {
            return "0";
        }

        var digits = double.Parse(value.ToString("E14", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) == value ? 15 : 17;
        var text = value.ToString($"E{digits - 1}", CultureInfo.InvariantCulture);
        var e = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var sign = value < 0 ? "-" : "";
        var mantissa = text[..e].Replace(".", "", StringComparison.Ordinal).TrimStart('-').TrimEnd('0');
        if (exponent < -4 || exponent >= digits)
        {
            var fraction = mantissa.Length > 1 ? "." + mantissa[1..] : "";
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{mantissa[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):D2}");
        }

        return sign + (exponent < 0 ? "0." + new string('0', -exponent - 1) + mantissa
            : mantissa.Length <= exponent + 1 ? mantissa.PadRight(exponent + 1, '0')
            : mantissa[..(exponent + 1)] + "." + mantissa[(exponent + 1)..]);
    }

    private static string Trimmed(string text) => text.Trim(' ', '\t', '\n', '\v', '\f', '\r');

    [GeneratedRegex(@"^[+-]?0x(?<whole>[0-9a-f]*)(\.(?<part>[0-9a-f]*))?(p(?<power>[+-]?[0-9]{1,4}))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex HexFloat();

    private static GoogleSqlException Bad(string text, string type) => new($"Bad {type} value: {text}");
}
