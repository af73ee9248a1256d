using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PixelPipeline.Events;

/// <summary>Writes rows as JSON, the way that BigQuery reads them in inserts and load jobs.</summary>
/// <seealso href="https://cloud.google.com/bigquery/docs/loading-data-cloud-storage-json"/>
public static class RowJson
{
    private const int MostKept = 64 * 1024;

    // Kept by each thread from row to row.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _bytes;

    [ThreadStatic]
    private static Utf8JsonWriter? _json;

    /// <summary>Escapes what JSON has to, and no more: nobody puts these texts into a page.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes a row as one object; columns without a value are left out, which BigQuery takes for NULL.</summary>
    /// <param name="json">Where to; with <see cref="Options"/>.</param>
    /// <param name="row">The row.</param>
    public static void Write(Utf8JsonWriter json, EventRow row)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(row);
        json.WriteStartObject();
        for (var i = 0; i < row.Columns.Length; i++)
        {
            if (row.Values[i] is { } value)
            {
                json.WritePropertyName(row.Columns[i].Name);
                WriteValue(json, value);
            }
        }

        json.WriteEndObject();
    }

    /// <summary>The row as an insert request has it: <c>{"insertId":…,"json":{…}}</c>.</summary>
    internal static byte[] OfInsert(EventRow row)
    {
        var bytes = _bytes ??= new ArrayBufferWriter<byte>();
        var json = _json ??= new Utf8JsonWriter(bytes, Options);
        bytes.ResetWrittenCount();
        json.Reset();
        json.WriteStartObject();
        json.WriteString("insertId"u8, row.InsertId);
        json.WritePropertyName("json"u8);
        Write(json, row);
        json.WriteEndObject();
        json.Flush();
        var result = bytes.WrittenSpan.ToArray();
        if (bytes.Capacity > MostKept)
        {
            (_bytes, _json) = (null, null); // a rejected entry may have had megabytes
        }

        return result;
    }

    /// <summary>Writes one value.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="value">Of the types that <see cref="EventRow.Values"/> lists, or a <see cref="DateOnly"/>.</param>
    /// <exception cref="ArgumentException">It is of another type.</exception>
    public static void WriteValue(Utf8JsonWriter json, object value)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(value);
        switch (value)
        {
            case string text:
                json.WriteStringValue(text);
                break;
            case DateTime instant:
                WriteInstant(json, instant);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case double number: // BigQuery takes the texts NaN, Infinity and -Infinity
                json.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case byte[] bytes:
                json.WriteBase64StringValue(bytes);
                break;
            case DateOnly day:
                json.WriteStringValue(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            default:
                throw new ArgumentException($"No column has values of {value.GetType()}.", nameof(value));
        }
    }

    private static void WriteInstant(Utf8JsonWriter json, DateTime instant)
    {
        Span<byte> text = stackalloc byte[32];
        instant.TryFormat(text, out var length, "yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
        json.WriteStringValue(text[..length]);
    }
}
