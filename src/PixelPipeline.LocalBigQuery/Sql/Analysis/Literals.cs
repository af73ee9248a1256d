using System.Globalization;
using System.Text;
using PixelPipeline.LocalBigQuery.Sql.Engine;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>Constants in the engine's SQL: numbers in digits, texts and bytes in hexadecimal ones, so that no text is taken for SQL.</summary>
internal static class Literals
{
    /// <summary>The value as an expression of its type.</summary>
    public static string Of(object? value, DataType type) => value switch
    {
        null => $"CAST(NULL AS {EngineTypes.Name(type)})",
        bool flag => flag ? "TRUE" : "FALSE",
        DatePart part => $"CAST({(int)part} AS BIGINT)",
        IntervalPart part => $"CAST({(int)part.Part} AS BIGINT)",
        string text => Text(text),
        Json json => Text(json.Text),
        byte[] bytes => Bytes(bytes),
        double number => $"CAST('{Number(number)}' AS DOUBLE)",
        Timestamp time => $"make_timestamp({Integer(time.Micros)})",
        Datetime time => $"make_timestamp({Integer(time.Micros)})",
        DateOnly date => $"CAST('{date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}' AS DATE)",
        TimeOnly time => $"CAST('{time.ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}' AS TIME)",
        Interval interval => FormattableString.Invariant($"(to_months({interval.Months}) + to_days({interval.Days}) + to_microseconds({Integer(interval.Micros)}))"),
        object?[] items when type.IsStruct => $"CAST(struct_pack({string.Join(", ", items.Select((item, i) => $"f{i} := {Of(item, type.Fields[i].Type)}"))}) AS {EngineTypes.Name(type)})",
        object?[] items => $"CAST([{string.Join(", ", items.Select(item => Of(item, type.Element!)))}] AS {EngineTypes.Name(type)})",
        _ => FormattableString.Invariant($"CAST('{value}' AS {EngineTypes.Name(type)})"), // INT64, NUMERIC: digits, a sign, a point
    };

    private static string Integer(long number) => FormattableString.Invariant($"CAST('{number}' AS BIGINT)");

    private static string Number(double number) => double.IsNaN(number) ? "nan"
        : double.IsInfinity(number) ? (number > 0 ? "inf" : "-inf")
        : number.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(string text) => text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or ' ' or '-' or '.' or '/' or ':')
        ? $"'{text}'"
        : $"decode({Bytes(Encoding.UTF8.GetBytes(text))})";

    private static string Bytes(byte[] bytes)
    {
        var text = new StringBuilder("CAST('");
        foreach (var b in bytes)
        {
            text.Append(CultureInfo.InvariantCulture, $"\\x{b:X2}");
        }

        return text.Append("' AS BLOB)").ToString();
    }
}
