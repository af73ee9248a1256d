using System.Globalization;
using System.Text.Json;

namespace PixelPipeline.LocalBigQuery.Values;

/// <summary>DATE: a day as text.</summary>
internal sealed class DateCodec : ValueCodec
{
    /// <inheritdoc/>
    public override bool TryStore(JsonElement value, Utf8JsonWriter stored, out int logicalBytes)
    {
        logicalBytes = 8;
        if (value.ValueKind != JsonValueKind.String || !TryReadScalar(value, out var text) || !DateText.TryParse(text, out var date))
        {
            return false;
        }

        stored.WriteStringValue(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        return true;
    }

    /// <inheritdoc/>
    public override string Mismatch(string column, string value) =>
        $"Could not parse '{value}' as DATE for field {column} with required format YYYY-[M]M-[D]D";

    /// <inheritdoc/>
    public override string ToCell(JsonElement stored, TimestampFormat timestamps) => stored.GetString()!;
}
