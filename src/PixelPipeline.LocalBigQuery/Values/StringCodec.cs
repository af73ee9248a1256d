using System.Text;
using System.Text.Json;

namespace PixelPipeline.LocalBigQuery.Values;

/// <summary>STRING: text; a number or boolean becomes the text that it was written as.</summary>
internal sealed class StringCodec : ValueCodec
{
    /// <inheritdoc/>
    public override bool TryStore(JsonElement value, Utf8JsonWriter stored, out int logicalBytes)
    {
        logicalBytes = 0;
        if (!TryReadScalar(value, out var text))
        {
            return false;
        }

        stored.WriteStringValue(text);
        logicalBytes = 2 + Encoding.UTF8.GetByteCount(text);
        return true;
    }

    /// <inheritdoc/>
    public override string Mismatch(string column, string value) => $"Cannot convert value to string (bad value): {value}";

    /// <inheritdoc/>
    public override string ToCell(JsonElement stored, TimestampFormat timestamps) => stored.GetString()!;
}
