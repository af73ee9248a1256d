namespace PixelPipeline.LocalBigQuery.Changes;

/// <summary>How many rows a statement has changed.</summary>
internal sealed record ChangeCounts(long Inserted, long Updated, long Deleted)
{
    /// <summary>All of them.</summary>
    public long All => Inserted + Updated + Deleted;
}
