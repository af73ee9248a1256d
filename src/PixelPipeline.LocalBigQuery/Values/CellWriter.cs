using System.Collections.Immutable;
using System.Text.Json;
using PixelPipeline.LocalBigQuery.Schemas;

namespace PixelPipeline.LocalBigQuery.Values;

/// <summary>Writes stored rows as REST has them: <c>"rows":[{"f":[{"v":"click"},{"v":null}]}]</c>.</summary>
internal sealed class CellWriter(TableSchema schema, ImmutableArray<int> columns, TimestampFormat timestamps)
{
    /// <summary>Writes the property <c>rows</c> of the object under way.</summary>
    public void WriteRows(Utf8JsonWriter writer, IEnumerable<string> storedRows)
    {
        writer.WriteStartArray("rows");
        foreach (var stored in storedRows)
        {
            using var row = JsonDocument.Parse(stored);
            WriteRow(writer, row.RootElement);
        }

        writer.WriteEndArray();
    }

    private void WriteRow(Utf8JsonWriter writer, JsonElement row)
    {
        var length = row.GetArrayLength();
        writer.WriteStartObject();
        writer.WriteStartArray("f");
        foreach (var column in columns)
        {
            writer.WriteStartObject();
            if (column < length && row[column] is { ValueKind: not JsonValueKind.Null } value)
            {
                writer.WriteString("v", ValueCodec.For(schema.Columns[column].Type).ToCell(value, timestamps));
            }
            else
            {
                writer.WriteNull("v");
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
