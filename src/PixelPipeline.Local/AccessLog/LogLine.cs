namespace PixelPipeline.Local.AccessLog;

/// <summary>One whole line of the access log.</summary>
/// <param name="Position">Where it begins.</param>
/// <param name="End">Where the next line begins.</param>
/// <param name="Bytes">The line without its newline. Valid until the next line is read.</param>
internal readonly record struct LogLine(LogPosition Position, LogPosition End, ReadOnlyMemory<byte> Bytes);
