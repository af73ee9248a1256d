using System.Text.Json;

namespace PixelPipeline.LocalBigQuery.Values;

/// <summary>TIMESTAMP: an instant as text, or seconds since 1970 as a number or text; years 1 to 9999.</summary>
internal sealed class TimestampCodec : ValueCodec
{
    /// <inheritdoc/>
    public override bool TryStore(JsonElement value, Utf8JsonWriter stored, out int logicalBytes)
    {
        logicalBytes = 8;
        if (value.ValueKind is not (JsonValueKind.Number or JsonValueKind.String)
            || !TryReadScalar(value, out var text)
            || !TimestampText.TryParse(text, out var microseconds))
        {
            return false;
        }

        stored.WriteNumberValue(microseconds);
        return true;
    }

    /// <inheritdoc/>
    public override string Mismatch(string column, string value) =>
        $"Could not parse '{value}' as a timestamp. Required format is YYYY-MM-DD HH:MM[:SS[.SSSSSS]] or YYYY/MM/DD HH:MM[:SS[.SSSSSS]]";

    /// <inheritdoc/>
    public override string ToCell(JsonElement stored, TimestampFormat timestamps) =>
        timestamps == TimestampFormat.Int64Microseconds
            ? stored.GetRawText()
            : ScientificText.OfMicroseconds(stored.GetInt64());
}
