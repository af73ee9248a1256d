namespace PixelPipeline.Importing;

/// <summary>How far an import is: every line before it is taken in.</summary>
/// <param name="FileIndex">The file, among those that are imported.</param>
/// <param name="Offset">Where the next line begins, in bytes of the file's text.</param>
public readonly record struct ImportPosition(int FileIndex, long Offset);
