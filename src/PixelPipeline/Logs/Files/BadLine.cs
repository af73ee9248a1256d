namespace PixelPipeline.Logs.Files;

/// <summary>A line that could not be read.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Line">Its number in the file, from 1 on.</param>
/// <param name="Reason">Why.</param>
/// <param name="Formats">The formats that it could be of, such as <c>cloudflare or fastly</c>, where that is why; null otherwise.</param>
public sealed record BadLine(string File, long Line, BadLineReason Reason, string? Formats = null);
