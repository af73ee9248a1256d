namespace PixelPipeline.Writing;

/// <summary>How many entries came in since the start, and what became of them.</summary>
/// <param name="Received">Entries that came in; a redelivery counts again.</param>
/// <param name="Written">Committed as rows.</param>
/// <param name="Ignored">No events.</param>
/// <param name="Rejected">Kept in the table of rejected entries.</param>
/// <param name="Failed">Not acknowledged: delivered again.</param>
public readonly record struct PipelineTotals(long Received, long Written, long Ignored, long Rejected, long Failed)
{
    /// <summary>Still in flight: what came in and has become nothing else yet.</summary>
    public long Waiting => Received - Written - Ignored - Rejected - Failed;
}
