namespace PixelPipeline.Summaries;

/// <summary>How often one path was requested on one day.</summary>
/// <param name="Date">The day, UTC.</param>
/// <param name="Path">The URL's path as it was requested, without query.</param>
/// <param name="Keys">The decoded value of each chosen parameter; empty where a URL has none.</param>
/// <param name="Hits">How often.</param>
public sealed record SummaryRow(DateOnly Date, string Path, IReadOnlyList<string> Keys, long Hits);
