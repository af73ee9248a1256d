using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.Events;

namespace PixelPipeline.GoogleCloud.BigQuery.Loading;

/// <summary>Rows as lines of JSON, the way a load job reads them. Not safe for concurrent use.</summary>
/// <seealso href="https://cloud.google.com/bigquery/docs/loading-data-cloud-storage-json"/>
internal sealed class JsonRows : IDisposable
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly Utf8JsonWriter _json;

    public JsonRows() => _json = new Utf8JsonWriter(_bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The lines so far, each with its <c>\n</c>.</summary>
    public ReadOnlySpan<byte> Lines => _bytes.WrittenSpan;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a row; columns without a value are left out, which BigQuery takes for NULL.</summary>
    public void Add(EventRow row)
    {
        _json.WriteStartObject();
        for (var i = 0; i < row.Columns.Length; i++)
        {
            if (row.Values[i] is { } value)
            {
                _json.WritePropertyName(row.Columns[i].Name);
                WriteValue(value);
            }
        }

        EndRow();
    }

    /// <summary>Adds a row as it was read.</summary>
    public void Add(BigQueryRow row)
    {
        _json.WriteStartObject();
        for (var i = 0; i < row.Schema.Fields.Count; i++)
        {
            if (RowValues.Of(row, i) is { } value)
            {
                _json.WritePropertyName(row.Schema.Fields[i].Name);
                WriteValue(value);
            }
        }

        EndRow();
    }

    /// <summary>Forgets all lines.</summary>
    public void Clear()
    {
        _bytes.ResetWrittenCount();
        Count = 0;
    }

    public void Dispose() => _json.Dispose();

    private void EndRow()
    {
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        _bytes.Write("\n"u8);
        Count++;
    }

    private void WriteValue(object value)
    {
        switch (value)
        {
            case string text:
                _json.WriteStringValue(text);
                break;
            case DateTime instant:
                _json.WriteStringValue(instant.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture));
                break;
            case long number:
                _json.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                _json.WriteNumberValue(number);
                break;
            case double number: // BigQuery takes the texts NaN, Infinity and -Infinity
                _json.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
                break;
            case bool truth:
                _json.WriteBooleanValue(truth);
                break;
            case byte[] bytes:
                _json.WriteBase64StringValue(bytes);
                break;
            case DateOnly day:
                _json.WriteStringValue(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case BigQueryNumeric number: // text: a JSON number would lose digits
                _json.WriteStringValue(number.ToString());
                break;
            default:
                throw new ArgumentException($"No column has values of {value.GetType()}.", nameof(value));
        }
    }
}
