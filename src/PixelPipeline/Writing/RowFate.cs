namespace PixelPipeline.Writing;

/// <summary>What became of one row of an insert that BigQuery answered.</summary>
/// <param name="InvalidMessage">Null where the row is committed; else what BigQuery finds invalid about it.</param>
public readonly record struct RowFate(string? InvalidMessage)
{
    /// <summary>The row is committed.</summary>
    public static RowFate Committed => default;

    /// <summary>The row can never be inserted as it is.</summary>
    /// <param name="message">BigQuery's words.</param>
    public static RowFate Invalid(string message) => new(message);

    /// <summary>True where the row is committed.</summary>
    public bool IsCommitted => InvalidMessage is null;
}
