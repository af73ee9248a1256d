using System.Globalization;
using System.Text.Json;

namespace PixelPipeline.LocalBigQuery.Values;

/// <summary>INTEGER: a whole number of 64 bits, as a number (<c>7</c>, <c>7.0</c>) or as text (<c>"7"</c>).</summary>
internal sealed class IntegerCodec : ValueCodec
{
    /// <inheritdoc/>
    public override bool TryStore(JsonElement value, Utf8JsonWriter stored, out int logicalBytes)
    {
        logicalBytes = 8;
        if (!TryRead(value, out var number))
        {
            return false;
        }

        stored.WriteNumberValue(number);
        return true;
    }

    /// <inheritdoc/>
    public override string Mismatch(string column, string value) => $"Cannot convert value to integer (bad value): {value}";

    /// <inheritdoc/>
    public override string ToCell(JsonElement stored, TimestampFormat timestamps) => stored.GetRawText();

    private static bool TryRead(JsonElement value, out long number)
    {
        if (value.ValueKind == JsonValueKind.Number)
        {
            return value.TryGetInt64(out number) || TryReadWhole(value, out number);
        }

        number = 0;
        return value.ValueKind == JsonValueKind.String
            && TryReadScalar(value, out var text)
            && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }

    private static bool TryReadWhole(JsonElement value, out long number)
    {
        number = 0;
        if (!value.TryGetDecimal(out var exact) || exact != decimal.Truncate(exact) || exact is < long.MinValue or > long.MaxValue)
        {
            return false;
        }

        number = (long)exact;
        return true;
    }
}
