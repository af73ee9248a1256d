namespace PixelPipeline.Importing;

/// <summary>Entries that stand together in a log.</summary>
/// <param name="Sequence">0 for the first chunk of the import, then one more for each.</param>
/// <param name="Entries">In the lines' order; lines that could not be read are not among them.</param>
public readonly record struct ImportedChunk(long Sequence, IReadOnlyList<ImportedEntry> Entries);
