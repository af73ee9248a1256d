using System.Text.Json;
using PixelPipeline.LocalBigQuery.Schemas;

namespace PixelPipeline.LocalBigQuery.Rows;

/// <summary>How large stored rows are as BigQuery counts it (https://cloud.google.com/bigquery/pricing#data).</summary>
internal static class RowSize
{
    /// <summary>The row's size in bytes.</summary>
    /// <param name="schema">The table's columns.</param>
    /// <param name="stored">A JSON array in schema order, UTF-8.</param>
    /// <param name="missing">The first REQUIRED column that is NULL; null when there is none.</param>
    public static long Of(TableSchema schema, ReadOnlySpan<byte> stored, out string? missing)
    {
        missing = null;
        var bytes = 0L;
        var reader = new Utf8JsonReader(stored);
        reader.Read();
        foreach (var column in schema.Columns)
        {
            _ = reader.TokenType != JsonTokenType.EndArray && reader.Read();
            if (reader.TokenType is JsonTokenType.Null or JsonTokenType.EndArray)
            {
                missing ??= column.IsRequired ? column.Name : null;
                continue;
            }

            bytes += column.Type switch
            {
                FieldType.String => 2 + Length(ref reader),
                FieldType.Bytes => 2 + reader.GetBytesFromBase64().Length,
                FieldType.Numeric => 16,
                FieldType.Boolean => 1,
                _ => 8,
            };
        }

        return bytes;
    }

    private static int Length(ref Utf8JsonReader reader) =>
        reader.ValueIsEscaped ? System.Text.Encoding.UTF8.GetByteCount(reader.GetString()!) : reader.ValueSpan.Length;
}
