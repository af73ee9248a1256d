namespace Google.Cloud.BigQuery.V2;

/// <summary>A type of GoogleSQL.</summary>
public enum BigQueryDbType
{
    Int64 = 1,
    Float64,
    Bool,
    String,
    Bytes,
    Date,
    DateTime,
    Time,
    Timestamp,
    Array,
    Struct,
    Numeric,
    Geography,
    BigNumeric,
    Json,
}

public enum BigQueryParameterMode
{
    Positional,
    Named,
}

public enum BigQueryInsertStatus
{
    AllRowsInserted,
    SomeRowsInserted,
    NoRowsInserted,
}
