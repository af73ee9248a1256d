namespace PixelPipeline.Writing;

/// <summary>The bounds of the group commit.</summary>
/// <seealso href="https://cloud.google.com/bigquery/quotas#streaming_inserts"/>
public sealed record GroupCommitLimits
{
    /// <summary>Rows in one insert; 500 is what BigQuery recommends.</summary>
    public int MaxRows { get; init; } = 500;

    /// <summary>Bytes of JSON in one insert: 9,000,000, below BigQuery's 10 MB. A row over it goes alone.</summary>
    public int MaxBytes { get; init; } = 9_000_000;

    /// <summary>Inserts under way at once, over all tables.</summary>
    public int MaxInserts { get; init; } = 16;

    /// <summary>Rows that wait or are under way at once, over all tables; a further one fails at once.</summary>
    public int MaxWaitingRows { get; init; } = 20_000;
}
