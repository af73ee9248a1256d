namespace PixelPipeline.LocalBigQuery.Sql.Types;

/// <summary>The kinds of types an expression can have; <see cref="DataType"/> has what arrays and structs hold.</summary>
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
    Datetime,
    Time,
    Interval,
    Json,
    Array,
    Struct,

    /// <summary>A date part such as DAY, as an argument of a function.</summary>
    DatePart,

    /// <summary>The date part of an INTERVAL, as an argument of a function.</summary>
    IntervalPart,
}
