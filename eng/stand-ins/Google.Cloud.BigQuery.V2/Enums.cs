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

public enum JobState
{
    Done,
    Pending,
    Running,
}

/// <summary>Whether a job may make the table that it writes to.</summary>
public enum CreateDisposition
{
    CreateIfNeeded,
    CreateNever,
}

/// <summary>What a job does with the rows that the table has already.</summary>
public enum WriteDisposition
{
    WriteAppend,
    WriteTruncate,
    WriteIfEmpty,
}
