using System.Text.Json;

namespace PixelPipeline.LocalBigQuery.Values;

/// <summary>NUMERIC: 29 digits before and 9 after the point; more digits after it are rounded half away from zero.</summary>
internal sealed class NumericCodec : ValueCodec
{
    /// <inheritdoc/>
    public override bool TryStore(JsonElement value, Utf8JsonWriter stored, out int logicalBytes)
    {
        logicalBytes = 16;
        if (value.ValueKind is not (JsonValueKind.Number or JsonValueKind.String)
            || !TryReadScalar(value, out var text)
            || !NumericText.TryNormalize(text, out var normal))
        {
            return false;
        }

        stored.WriteStringValue(normal);
        return true;
    }

    /// <inheritdoc/>
    public override string Mismatch(string column, string value) => $"Invalid NUMERIC value: {value}";

    /// <inheritdoc/>
    public override string ToCell(JsonElement stored, TimestampFormat timestamps) => stored.GetString()!;
}
