namespace PixelPipeline.Logs.Files;

/// <summary>A line that could not be read.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Line">Its number in the file, from 1 on.</param>
/// <param name="Reason">Why.</param>
public sealed record BadLine(string File, long Line, BadLineReason Reason);
