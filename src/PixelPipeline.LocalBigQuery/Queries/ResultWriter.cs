using System.Text.Json;
using PixelPipeline.LocalBigQuery.Sql;
using PixelPipeline.LocalBigQuery.Sql.Types;
using PixelPipeline.LocalBigQuery.Values;

namespace PixelPipeline.LocalBigQuery.Queries;

/// <summary>Writes the kept rows of a result as REST has them, arrays and structs included: <c>{"f":[{"v":"click"},{"v":[{"v":"1"}]}]}</c>.</summary>
internal sealed class ResultWriter(IReadOnlyList<QueryColumn> columns, TimestampFormat timestamps)
{
    /// <summary>Writes the property <c>rows</c> of the object under way.</summary>
    public void WriteRows(Utf8JsonWriter writer, IEnumerable<string> rows)
    {
        writer.WriteStartArray("rows");
        foreach (var kept in rows)
        {
            using var row = JsonDocument.Parse(kept);
            WriteFields(writer, row.RootElement, [.. columns.Select(c => c.Type)]);
        }

        writer.WriteEndArray();
    }

    private void WriteFields(Utf8JsonWriter writer, JsonElement values, IReadOnlyList<DataType> types)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("f");
        for (var i = 0; i < types.Count; i++)
        {
            WriteCell(writer, values[i], types[i]);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void WriteCell(Utf8JsonWriter writer, JsonElement value, DataType type)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("v");
        if (type.IsArray)
        {
            writer.WriteStartArray(); // a NULL array is an empty one in an answer
            foreach (var element in value.ValueKind == JsonValueKind.Null ? [] : value.EnumerateArray().ToArray())
            {
                WriteCell(writer, element, type.Element!);
            }

            writer.WriteEndArray();
        }
        else if (value.ValueKind == JsonValueKind.Null)
        {
            writer.WriteNullValue();
        }
        else if (type.IsStruct)
        {
            WriteFields(writer, value, [.. type.Fields.Select(f => f.Type)]);
        }
        else
        {
            writer.WriteStringValue(Text(value, type.Kind));
        }

        writer.WriteEndObject();
    }

    private string Text(JsonElement value, SqlType type) => type switch
    {
        SqlType.Timestamp => timestamps == TimestampFormat.Int64Microseconds ? value.GetRawText() : ScientificText.OfMicroseconds(value.GetInt64()),
        SqlType.Float64 when value.ValueKind == JsonValueKind.Number => ScientificText.Of(value.GetDouble()),
        _ => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText(),
    };
}
