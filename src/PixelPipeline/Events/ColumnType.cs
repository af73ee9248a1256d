namespace PixelPipeline.Events;

/// <summary>The BigQuery types that a column of ours can have.</summary>
/// <seealso href="https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types"/>
public enum ColumnType
{
    /// <summary>STRING: text of at most <see cref="EventSchema.MaxValueBytes"/> UTF-8 bytes.</summary>
    String,

    /// <summary>INTEGER or INT64: 64 bits, signed.</summary>
    Integer,

    /// <summary>FLOAT or FLOAT64: a finite double.</summary>
    Float,

    /// <summary>NUMERIC or DECIMAL: up to 29 digits before and 9 after the decimal point.</summary>
    Numeric,

    /// <summary>BOOLEAN or BOOL.</summary>
    Boolean,

    /// <summary>TIMESTAMP: a UTC instant in microseconds.</summary>
    Timestamp,

    /// <summary>DATE: a day, years 0001 to 9999.</summary>
    Date,

    /// <summary>BYTES: only the table of rejected entries has such a column.</summary>
    Bytes,
}
