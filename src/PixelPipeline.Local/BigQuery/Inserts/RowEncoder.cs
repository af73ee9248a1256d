using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PixelPipeline.Local.BigQuery.Rest;
using PixelPipeline.Local.BigQuery.Schemas;
using PixelPipeline.Local.BigQuery.Storage;
using PixelPipeline.Local.BigQuery.Values;

namespace PixelPipeline.Local.BigQuery.Inserts;

/// <summary>Checks the rows of one request against a table's schema and brings them to their stored form.</summary>
internal sealed class RowEncoder : IDisposable
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _writer;
    private readonly TableSchema _schema;
    private readonly bool _ignoreUnknownValues;
    private readonly JsonElement[] _values;

    /// <summary>Makes one for one request.</summary>
    public RowEncoder(TableSchema schema, bool ignoreUnknownValues)
    {
        _writer = new Utf8JsonWriter(_buffer, Compact);
        _schema = schema;
        _ignoreUnknownValues = ignoreUnknownValues;
        _values = new JsonElement[schema.Columns.Length];
    }

    /// <summary>The row's stored form, or the first thing that is wrong with it.</summary>
    public RowError? Encode(int index, JsonElement row, out InsertedRow encoded)
    {
        encoded = default;
        if (!InsertAllRequest.TryGetFields(row, out var fields))
        {
            return RowError.Invalid(index, "", "A row needs an object of fields named json.");
        }

        Array.Clear(_values);
        if (Arrange(index, fields) is { } unknown)
        {
            return unknown;
        }

        _buffer.ResetWrittenCount();
        _writer.Reset();
        if (Write(index, out var bytes) is { } misfit)
        {
            return misfit;
        }

        _writer.Flush();
        encoded = new InsertedRow(InsertAllRequest.InsertId(row), Encoding.UTF8.GetString(_buffer.WrittenSpan), bytes);
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private RowError? Arrange(int index, JsonElement fields)
    {
        foreach (var field in fields.EnumerateObject())
        {
            if (!TryReadName(field, out var name))
            {
                return RowError.Invalid(index, "", "A field name is not Unicode text.");
            }

            if (_schema.TryFind(name, out var column))
            {
                _values[column] = field.Value;
            }
            else if (!_ignoreUnknownValues)
            {
                return RowError.Invalid(index, JsonText.Short(name), $"no such field: {JsonText.Short(name)}.");
            }
        }

        return null;
    }

    private RowError? Write(int index, out int bytes)
    {
        bytes = 0;
        _writer.WriteStartArray();
        for (var i = 0; i < _values.Length; i++)
        {
            var column = _schema.Columns[i];
            if (_values[i].ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            {
                if (column.IsRequired)
                {
                    return RowError.Invalid(index, column.Name, $"Missing required field: {column.Name}.");
                }

                _writer.WriteNullValue();
                continue;
            }

            var codec = ValueCodec.For(column.Type);
            if (!codec.TryStore(_values[i], _writer, out var size))
            {
                return RowError.Invalid(index, column.Name, Mismatch(codec, column, _values[i]));
            }

            bytes += size;
        }

        _writer.WriteEndArray();
        return null;
    }

    private static string Mismatch(ValueCodec codec, Column column, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"This field: {column.Name} is not a record.",
        JsonValueKind.Array => $"Array specified for non-repeated field: {column.Name}.",
        JsonValueKind.String when JsonText.TryRead(value, out var text) => codec.Mismatch(column.Name, JsonText.Short(text)),
        JsonValueKind.String => $"The value of {column.Name} is not Unicode text.",
        _ => codec.Mismatch(column.Name, JsonText.Short(value.GetRawText())),
    };

    private static bool TryReadName(JsonProperty field, out string name)
    {
        try
        {
            name = field.Name;
            return true;
        }
        catch (InvalidOperationException)
        {
            name = ""; // JsonProperty has no other way to tell that an escape or a byte is not Unicode
            return false;
        }
    }
}
