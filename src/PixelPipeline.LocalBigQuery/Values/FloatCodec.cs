using System.Globalization;
using System.Text.Json;

namespace PixelPipeline.LocalBigQuery.Values;

/// <summary>FLOAT: a double, as a number or as text; NaN and the infinities as text, whatever their case.</summary>
internal sealed class FloatCodec : ValueCodec
{
    private static readonly Dictionary<string, string> NonFinite = new(StringComparer.OrdinalIgnoreCase)
    {
        ["NaN"] = "NaN",
        ["Infinity"] = "Infinity",
        ["+Infinity"] = "Infinity",
        ["-Infinity"] = "-Infinity",
        ["inf"] = "Infinity",
        ["+inf"] = "Infinity",
        ["-inf"] = "-Infinity",
    };

    /// <inheritdoc/>
    public override bool TryStore(JsonElement value, Utf8JsonWriter stored, out int logicalBytes)
    {
        logicalBytes = 8;
        if (value.ValueKind is not (JsonValueKind.Number or JsonValueKind.String) || !TryReadScalar(value, out var text))
        {
            return false;
        }

        if (NonFinite.TryGetValue(text, out var name))
        {
            stored.WriteStringValue(name);
            return true;
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!double.TryParse(text, Style, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            return false;
        }

        stored.WriteNumberValue(number);
        return true;
    }

    /// <inheritdoc/>
    public override string Mismatch(string column, string value) => $"Cannot convert value to floating point (bad value): {value}";

    /// <inheritdoc/>
    public override string ToCell(JsonElement stored, TimestampFormat timestamps) =>
        stored.ValueKind == JsonValueKind.String ? stored.GetString()! : ScientificText.Of(stored.GetDouble());
}
