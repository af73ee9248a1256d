using System.Text.Json;

namespace PixelPipeline.LocalBigQuery.Values;

/// <summary>BYTES: base64 text.</summary>
internal sealed class BytesCodec : ValueCodec
{
    /// <inheritdoc/>
    public override bool TryStore(JsonElement value, Utf8JsonWriter stored, out int logicalBytes)
    {
        logicalBytes = 0;
        if (value.ValueKind != JsonValueKind.String || !TryReadScalar(value, out var text))
        {
            return false;
        }

        var bytes = new byte[(text.Length / 4 * 3) + 3];
        if (!Convert.TryFromBase64String(text, bytes, out var length))
        {
            return false;
        }

        stored.WriteBase64StringValue(bytes.AsSpan(0, length));
        logicalBytes = 2 + length;
        return true;
    }

    /// <inheritdoc/>
    public override string Mismatch(string column, string value) =>
        $"Could not decode base64 string to bytes. Field: {column}; Value: {value}";

    /// <inheritdoc/>
    public override string ToCell(JsonElement stored, TimestampFormat timestamps) => stored.GetString()!;
}
