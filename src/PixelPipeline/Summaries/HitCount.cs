namespace PixelPipeline.Summaries;

/// <summary>How often one key was hit on one day.</summary>
/// <param name="Day">Days since 1970, UTC.</param>
/// <param name="Key">As <see cref="SummaryKey"/> makes it.</param>
/// <param name="Hits">At least 1.</param>
internal readonly record struct HitCount(int Day, byte[] Key, long Hits);
