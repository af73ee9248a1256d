namespace PixelPipeline.Logs.Files;

/// <summary>
/// Access logs that can be read from their start: a file, standard input or an object in a bucket. It may be compressed, and
/// an archive of several.
/// </summary>
/// <param name="name">What people call it, such as its path.</param>
/// <param name="length">Its size in bytes as it is stored; null where that is not known.</param>
/// <param name="open">Opens it. May throw <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</param>
/// <param name="compressions">What it may be compressed with; null for <see cref="Compression.BuiltIn"/>.</param>
/// <param name="timeZone">The zone of times that name none; null for UTC.</param>
public sealed class LogFile(string name, long? length, Func<Stream> open, IReadOnlyList<Compression>? compressions = null, TimeZoneInfo? timeZone = null)
{
    /// <summary>What people call it.</summary>
    public string Name { get; } = name;

    /// <summary>Bytes as stored, compressed or not; null where not known.</summary>
    public long? Length { get; } = length;

    /// <summary>The zone of times that name none.</summary>
    internal TimeZoneInfo TimeZone { get; } = timeZone ?? TimeZoneInfo.Utc;

    /// <summary>A file on disk.</summary>
    /// <param name="path">Of an existing file.</param>
    /// <param name="compressions">What it may be compressed with; null for <see cref="Compression.BuiltIn"/>.</param>
    /// <param name="timeZone">The zone of times that name none; null for UTC.</param>
    public static LogFile FromPath(string path, IReadOnlyList<Compression>? compressions = null, TimeZoneInfo? timeZone = null) => new(path, new FileInfo(path).Length, () => new FileStream(
        path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan), compressions, timeZone);

    /// <summary>What is piped into this process.</summary>
    /// <param name="compressions">What it may be compressed with; null for <see cref="Compression.BuiltIn"/>.</param>
    /// <param name="timeZone">The zone of times that name none; null for UTC.</param>
    public static LogFile StandardInput(IReadOnlyList<Compression>? compressions = null, TimeZoneInfo? timeZone = null) =>
        new("-", null, Console.OpenStandardInput, compressions, timeZone);

    /// <summary>Opens the texts in it.</summary>
    /// <param name="stored">The stream of the stored bytes, whose position tells how far reading is, where it has one.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    internal IEnumerable<(string Name, Stream Text)> OpenTexts(out Stream stored)
    {
        stored = open();
        return LogTexts.In(Name, stored, compressions ?? Compression.BuiltIn);
    }
}
