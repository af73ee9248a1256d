namespace PixelPipeline.LocalBigQuery.Schemas;

/// <summary>How REST spells column types: legacy names, and GoogleSQL's names as aliases on the way in.</summary>
internal static class FieldTypeNames
{
    private static readonly Dictionary<string, FieldType> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["STRING"] = FieldType.String,
        ["INTEGER"] = FieldType.Integer,
        ["INT64"] = FieldType.Integer,
        ["FLOAT"] = FieldType.Float,
        ["FLOAT64"] = FieldType.Float,
        ["NUMERIC"] = FieldType.Numeric,
        ["DECIMAL"] = FieldType.Numeric,
        ["BOOLEAN"] = FieldType.Boolean,
        ["BOOL"] = FieldType.Boolean,
        ["TIMESTAMP"] = FieldType.Timestamp,
        ["DATE"] = FieldType.Date,
        ["BYTES"] = FieldType.Bytes,
    };

    /// <summary>The type of a name in either spelling; false for types that are not offered.</summary>
    public static bool TryParse(string name, out FieldType type) => Types.TryGetValue(name, out type);

    /// <summary>The name in answers, <c>INTEGER</c> for example.</summary>
    public static string Of(FieldType type) => type.ToString().ToUpperInvariant();
}
