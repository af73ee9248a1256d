using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Schemas;
using PixelPipeline.LocalBigQuery.Values;

namespace PixelPipeline.LocalBigQuery.Rows;

/// <summary>Checks rows against a table's schema and brings them to their stored form, one after the other.</summary>
internal sealed class RowEncoder : IDisposable
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _writer;
    private readonly TableSchema _schema;
    private readonly bool _ignoreUnknownValues;
    private readonly JsonElement[] _values;

    /// <summary>Makes one for the rows of one request or file.</summary>
    public RowEncoder(TableSchema schema, bool ignoreUnknownValues)
    {
        _writer = new Utf8JsonWriter(_buffer, Compact);
        _schema = schema;
        _ignoreUnknownValues = ignoreUnknownValues;
        _values = new JsonElement[schema.Columns.Length];
    }

    /// <summary>
    /// The stored form of the row that was encoded last: a JSON array in schema order, UTF-8. The next row takes its place.
    /// </summary>
    public ReadOnlySpan<byte> Stored => _buffer.WrittenSpan;

    /// <summary>Encodes a row, an object of fields; null, or the first thing that is wrong with it.</summary>
    /// <param name="fields">The row's fields.</param>
    /// <param name="logicalBytes">Its size as BigQuery counts it.</param>
    public RowMisfit? Encode(JsonElement fields, out int logicalBytes)
    {
        logicalBytes = 0;
        Array.Clear(_values);
        if (Arrange(fields) is { } unknown)
        {
            return unknown;
        }

        _buffer.ResetWrittenCount();
        _writer.Reset();
        if (Write(out logicalBytes) is { } misfit)
        {
            return misfit;
        }

        _writer.Flush();
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private RowMisfit? Arrange(JsonElement fields)
    {
        foreach (var field in fields.EnumerateObject())
        {
            if (!TryReadName(field, out var name))
            {
                return new RowMisfit("", "A field name is not Unicode text.");
            }

            if (_schema.TryFind(name, out var column))
            {
                _values[column] = field.Value;
            }
            else if (!_ignoreUnknownValues)
            {
                return new RowMisfit(RequestJson.Short(name), $"no such field: {RequestJson.Short(name)}.");
            }
        }

        return null;
    }

    private RowMisfit? Write(out int bytes)
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
                    return new RowMisfit(column.Name, $"Missing required field: {column.Name}.");
                }

                _writer.WriteNullValue();
                continue;
            }

            var codec = ValueCodec.For(column.Type);
            if (!codec.TryStore(_values[i], _writer, out var size))
            {
                return Misfit(codec, column, _values[i]);
            }

            bytes += size;
        }

        _writer.WriteEndArray();
        return null;
    }

    private static RowMisfit Misfit(ValueCodec codec, SchemaField column, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => new RowMisfit(column.Name, $"This field: {column.Name} is not a record."),
        JsonValueKind.Array => new RowMisfit(column.Name, $"Array specified for non-repeated field: {column.Name}."),
        JsonValueKind.String when RequestJson.TryRead(value, out var text) => Misfit(codec, column, RequestJson.Short(text)),
        JsonValueKind.String => new RowMisfit(column.Name, $"The value of {column.Name} is not Unicode text."),
        _ => Misfit(codec, column, RequestJson.Short(value.GetRawText())),
    };

    private static RowMisfit Misfit(ValueCodec codec, SchemaField column, string value) =>
        new(column.Name, codec.Mismatch(column.Name, value), column.Type, value);

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
