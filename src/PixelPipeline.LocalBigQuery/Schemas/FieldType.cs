namespace PixelPipeline.LocalBigQuery.Schemas;

/// <summary>The column types that are offered.</summary>
internal enum FieldType
{
    /// <summary>Text.</summary>
    String,

    /// <summary>A 64-bit integer (INT64).</summary>
    Integer,

    /// <summary>A double (FLOAT64).</summary>
    Float,

    /// <summary>A decimal number with 29 digits before and 9 after its point.</summary>
    Numeric,

    /// <summary>True or false (BOOL).</summary>
    Boolean,

    /// <summary>An instant in microseconds, UTC, years 1 to 9999.</summary>
    Timestamp,

    /// <summary>A day, years 1 to 9999.</summary>
    Date,

    /// <summary>Bytes, base64 on the wire.</summary>
    Bytes,
}
