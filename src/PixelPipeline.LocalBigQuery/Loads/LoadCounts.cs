namespace PixelPipeline.LocalBigQuery.Loads;

/// <summary>What a load did.</summary>
/// <param name="Rows">How many rows it added.</param>
/// <param name="Bytes">Their size as BigQuery counts it.</param>
internal readonly record struct LoadCounts(long Rows, long Bytes);
