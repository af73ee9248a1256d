using System.Text.Json;

namespace PixelPipeline.LocalBigQuery.Values;

/// <summary>
/// BOOLEAN: true or false, or one of BigQuery's other words for them, whatever their case
/// (https://cloud.google.com/bigquery/docs/loading-data-cloud-storage-json#boolean).
/// </summary>
internal sealed class BooleanCodec : ValueCodec
{
    /// <inheritdoc/>
    public override bool TryStore(JsonElement value, Utf8JsonWriter stored, out int logicalBytes)
    {
        logicalBytes = 1;
        if (!TryReadScalar(value, out var text) || Parse(text) is not { } truth)
        {
            return false;
        }

        stored.WriteBooleanValue(truth);
        return true;
    }

    /// <inheritdoc/>
    public override string Mismatch(string column, string value) => $"Cannot convert value to boolean (bad value): {value}";

    /// <inheritdoc/>
    public override string ToCell(JsonElement stored, TimestampFormat timestamps) => stored.GetRawText();

    private static bool? Parse(string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "T" or "YES" or "Y" or "1" => true,
        "FALSE" or "F" or "NO" or "N" or "0" => false,
        _ => null,
    };
}
