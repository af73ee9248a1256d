namespace PixelPipeline.LocalBigQuery.Sql.Types;

/// <summary>The names of the types: GoogleSQL's in statements and messages, the REST API's on the wire.</summary>
internal static class SqlTypes
{
    /// <summary>As written in a statement: <c>INT64</c>.</summary>
    public static string Name(this SqlType type) => type switch
    {
        SqlType.Null or SqlType.Int64 => "INT64",
        SqlType.DatePart => "DATE_TIME_PART",
        SqlType.IntervalPart => "INTERVAL",
        _ => type.ToString().ToUpperInvariant(),
    };

    /// <summary>As in a table's schema: <c>INTEGER</c>.</summary>
    public static string WireName(this SqlType type) => type switch
    {
        SqlType.Null or SqlType.Int64 => "INTEGER",
        SqlType.Float64 => "FLOAT",
        SqlType.Bool => "BOOLEAN",
        _ => type.Name(),
    };

    /// <summary>The type of this name, in either spelling and any case; null when it is none that is supported.</summary>
    public static SqlType? Parse(string name) => name.ToUpperInvariant() switch
    {
        "INT64" or "INTEGER" or "INT" or "SMALLINT" or "BIGINT" or "TINYINT" or "BYTEINT" => SqlType.Int64,
        "FLOAT64" or "FLOAT" => SqlType.Float64,
        "NUMERIC" or "DECIMAL" => SqlType.Numeric,
        "BOOL" or "BOOLEAN" => SqlType.Bool,
        "STRING" => SqlType.String,
        "BYTES" => SqlType.Bytes,
        "DATE" => SqlType.Date,
        "TIMESTAMP" => SqlType.Timestamp,
        "DATETIME" => SqlType.Datetime,
        "TIME" => SqlType.Time,
        "INTERVAL" => SqlType.Interval,
        "JSON" => SqlType.Json,
        _ => null,
    };
}
