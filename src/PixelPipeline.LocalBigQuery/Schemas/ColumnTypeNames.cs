namespace PixelPipeline.LocalBigQuery.Schemas;

/// <summary>How REST spells column types: legacy names, and GoogleSQL's names as aliases on the way in.</summary>
internal static class ColumnTypeNames
{
    private static readonly Dictionary<string, ColumnType> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["STRING"] = ColumnType.String,
        ["INTEGER"] = ColumnType.Integer,
        ["INT64"] = ColumnType.Integer,
        ["FLOAT"] = ColumnType.Float,
        ["FLOAT64"] = ColumnType.Float,
        ["NUMERIC"] = ColumnType.Numeric,
        ["DECIMAL"] = ColumnType.Numeric,
        ["BOOLEAN"] = ColumnType.Boolean,
        ["BOOL"] = ColumnType.Boolean,
        ["TIMESTAMP"] = ColumnType.Timestamp,
        ["DATE"] = ColumnType.Date,
        ["BYTES"] = ColumnType.Bytes,
    };

    /// <summary>The type of a name in either spelling; false for types that are not offered.</summary>
    public static bool TryParse(string name, out ColumnType type) => Types.TryGetValue(name, out type);

    /// <summary>The name in answers, <c>INTEGER</c> for example.</summary>
    public static string Of(ColumnType type) => type.ToString().ToUpperInvariant();
}
