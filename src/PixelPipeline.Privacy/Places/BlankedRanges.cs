namespace PixelPipeline.Privacy.Places;

/// <summary>Lines of a file that are to be overwritten.</summary>
/// <param name="Path">The file.</param>
/// <param name="Offsets">Where each begins, in bytes.</param>
/// <param name="Lengths">How long each is, in bytes, without the end of its line.</param>
public sealed record BlankedRanges(string Path, IReadOnlyList<long> Offsets, IReadOnlyList<int> Lengths);
