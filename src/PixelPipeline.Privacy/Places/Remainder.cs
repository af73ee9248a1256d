namespace PixelPipeline.Privacy.Places;

/// <summary>What of a place cannot be erased yet.</summary>
/// <param name="Records">Rows, or raw entries.</param>
/// <param name="Why">A clause such as <c>in BigQuery's streaming buffer, where rows cannot be changed</c>.</param>
/// <param name="Until">When it can be, at the latest, UTC; null where that takes somebody's doing.</param>
public sealed record Remainder(long Records, string Why, DateTime? Until);
