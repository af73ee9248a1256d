namespace PixelPipeline.LocalBigQuery.Sql.Types;

/// <summary>
/// The types an expression can have. In SQLite they are: INTEGER for INT64, BOOL (0, 1), DATE (days since 1970) and
/// TIMESTAMP (microseconds since 1970, UTC); REAL for FLOAT64, with the text <c>NaN</c> for NaN, which SQLite would take
/// for NULL; TEXT for STRING and NUMERIC (normalised); BLOB for BYTES.
/// </summary>
internal enum SqlType
{
    /// <summary>A bare NULL, which goes with any type and is INT64 in a result.</summary>
    Null,
    Int64,
    Float64,
    Numeric,
    Bool,
    String,
    Bytes,
    Date,
    Timestamp,

    /// <summary>A date part such as DAY, as an argument of a function.</summary>
    DatePart,

    /// <summary>The date part of an INTERVAL, as an argument of a function.</summary>
    IntervalPart,
}
