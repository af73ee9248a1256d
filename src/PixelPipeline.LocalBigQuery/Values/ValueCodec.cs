using System.Text.Json;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Schemas;

namespace PixelPipeline.LocalBigQuery.Values;

/// <summary>
/// How values of one column type are taken from a request, stored and answered. Stored forms: STRING a JSON string;
/// INTEGER a JSON integer; FLOAT a JSON number, or "NaN", "Infinity", "-Infinity"; NUMERIC a string, the shortest
/// decimal; BOOLEAN true or false; TIMESTAMP microseconds since 1970, UTC; DATE "yyyy-MM-dd"; BYTES base64.
/// </summary>
internal abstract class ValueCodec
{
    private static readonly ValueCodec[] ByType =
    [
        new StringCodec(), new IntegerCodec(), new FloatCodec(), new NumericCodec(),
        new BooleanCodec(), new TimestampCodec(), new DateCodec(), new BytesCodec(),
    ];

    /// <summary>The codec of a type.</summary>
    public static ValueCodec For(FieldType type) => ByType[(int)type];

    /// <summary>
    /// Writes the stored form of a value that is not null. BigQuery is lenient here: text that reads as a number is
    /// one, and a number is text where text is asked for.
    /// </summary>
    /// <param name="value">As the client sent it.</param>
    /// <param name="stored">Left alone when the answer is false.</param>
    /// <param name="logicalBytes">Its size as BigQuery counts it (https://cloud.google.com/bigquery/pricing#data).</param>
    /// <returns>False when the value does not fit the type.</returns>
    public abstract bool TryStore(JsonElement value, Utf8JsonWriter stored, out int logicalBytes);

    /// <summary>BigQuery's message for a value that does not fit, given its text.</summary>
    public abstract string Mismatch(string column, string value);

    /// <summary>The text that an answer has for a stored value that is not null: in REST, every cell is a string.</summary>
    public abstract string ToCell(JsonElement stored, TimestampFormat timestamps);

    /// <summary>The text of a scalar: a string's text, or a number or boolean as it was written.</summary>
    protected static bool TryReadScalar(JsonElement value, out string text)
    {
        text = value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False ? value.GetRawText() : "";
        return text.Length > 0 || RequestJson.TryRead(value, out text);
    }
}
