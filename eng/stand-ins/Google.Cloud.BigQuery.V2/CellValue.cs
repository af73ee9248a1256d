using System.Globalization;
using Google.Apis.Bigquery.v2.Data;
using Newtonsoft.Json.Linq;

namespace Google.Cloud.BigQuery.V2;

/// <summary>The .NET value of a cell, which travels as text whatever its type.</summary>
internal static class CellValue
{
    internal static object Read(object raw, TableFieldSchema field, bool integerTimestamps)
    {
        raw = raw is JValue value ? value.Value : raw;
        return raw switch
        {
            null => null,
            JArray cells => Repeated([.. cells.Select(cell => Single(Inner(cell), field, integerTimestamps))], field.Type),
            _ => Single(raw, field, integerTimestamps),
        };
    }

    private static object Inner(JToken cell) => cell["v"] is JValue value ? value.Value : cell["v"];

    private static object Single(object raw, TableFieldSchema field, bool integerTimestamps)
    {
        if (raw is JObject record)
        {
            return field.Fields
                .Select((inner, i) => (inner.Name, Value: Read(record["f"][i]["v"], inner, integerTimestamps)))
                .ToDictionary(cell => cell.Name, cell => cell.Value);
        }

        // The service sends text for every scalar; what is lenient about it may send JSON numbers and booleans.
        var text = Convert.ToString(raw, CultureInfo.InvariantCulture);
        return field.Type switch
        {
            "STRING" or "JSON" => text,
            "INTEGER" or "INT64" => long.Parse(text, CultureInfo.InvariantCulture),
            "FLOAT" or "FLOAT64" => double.Parse(text, CultureInfo.InvariantCulture),
            "BOOLEAN" or "BOOL" => text.Equals("true", StringComparison.OrdinalIgnoreCase),
            "BYTES" => Convert.FromBase64String(text),
            "NUMERIC" => BigQueryNumeric.Parse(text),
            "TIMESTAMP" => integerTimestamps ? FromMicroseconds(text) : FromSeconds(text),
            "DATE" => DateTime.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            "DATETIME" => DateTime.ParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
            "TIME" => DateTime.ParseExact(text, "HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture).TimeOfDay,
            _ => throw new InvalidOperationException($"A cell of type {field.Type} is not read here."),
        };
    }

    private static DateTime FromMicroseconds(string text) =>
        DateTime.UnixEpoch.AddTicks(long.Parse(text, CultureInfo.InvariantCulture) * TimeSpan.TicksPerMicrosecond);

    private static DateTime FromSeconds(string text) =>
        DateTime.UnixEpoch.AddTicks((long)(double.Parse(text, CultureInfo.InvariantCulture) * 1e6) * TimeSpan.TicksPerMicrosecond);

    /// <summary>An array of the element's own type, as callers cast it.</summary>
    private static Array Repeated(object[] values, string type) => type switch
    {
        "STRING" or "JSON" => values.Cast<string>().ToArray(),
        "INTEGER" or "INT64" => values.Cast<long>().ToArray(),
        "FLOAT" or "FLOAT64" => values.Cast<double>().ToArray(),
        "BOOLEAN" or "BOOL" => values.Cast<bool>().ToArray(),
        "BYTES" => values.Cast<byte[]>().ToArray(),
        "NUMERIC" => values.Cast<BigQueryNumeric>().ToArray(),
        "TIME" => values.Cast<TimeSpan>().ToArray(),
        "RECORD" or "STRUCT" => values.Cast<Dictionary<string, object>>().ToArray(),
        _ => values.Cast<DateTime>().ToArray(),
    };
}
