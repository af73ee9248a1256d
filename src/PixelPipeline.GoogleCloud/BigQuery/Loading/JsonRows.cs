using System.Buffers;
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

    public JsonRows() => _json = new Utf8JsonWriter(_bytes, RowJson.Options);

    /// <summary>The lines so far, each with its <c>\n</c>.</summary>
    public ReadOnlySpan<byte> Lines => _bytes.WrittenSpan;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a row; columns without a value are left out, which BigQuery takes for NULL.</summary>
    public void Add(EventRow row)
    {
        RowJson.Write(_json, row);
        EndLine();
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
                RowJson.WriteValue(_json, value is BigQueryNumeric number ? number.ToString() : value); // a JSON number would lose digits
            }
        }

        _json.WriteEndObject();
        EndLine();
    }

    /// <summary>Forgets all lines.</summary>
    public void Clear()
    {
        _bytes.ResetWrittenCount();
        Count = 0;
    }

    public void Dispose() => _json.Dispose();

    private void EndLine()
    {
        _json.Flush();
        _json.Reset();
        _bytes.Write("\n"u8);
        Count++;
    }
}
