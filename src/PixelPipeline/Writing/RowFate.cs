namespace PixelPipeline.Writing;

/// <summary>What became of one row of an insert: committed, invalid, or not known.</summary>
/// <param name="InvalidMessage">What BigQuery finds invalid about the row; null where it is committed or not known.</param>
public readonly record struct RowFate(string? InvalidMessage)
{
    /// <summary>The row is committed.</summary>
    public static RowFate Committed => default;

    /// <summary>Why it is not known whether the row is committed; else null.</summary>
    public Exception? UnknownCause { get; private init; }

    /// <summary>True where the row is committed.</summary>
    public bool IsCommitted => InvalidMessage is null && !IsUnknown;

    /// <summary>True where the row may stand in the table or not: its insert id makes sending it again harmless.</summary>
    public bool IsUnknown => UnknownCause is not null;

    /// <summary>The row can never be inserted as it is.</summary>
    /// <param name="message">BigQuery's words.</param>
    public static RowFate Invalid(string message) => new(message);

    /// <summary>The row's message must be delivered again, whatever became of the other rows.</summary>
    /// <param name="cause">What stood in the way.</param>
    public static RowFate Unknown(Exception cause) => new() { UnknownCause = cause };
}
