using System.IO.Compression;

namespace PixelPipeline.Logs.Files;

/// <summary>An access log that can be read from its start: a file, standard input or an object in a bucket.</summary>
/// <param name="name">What people call it, such as its path.</param>
/// <param name="length">Its size in bytes as it is stored; null where that is not known.</param>
/// <param name="open">Opens it. May throw <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</param>
public sealed class LogFile(string name, long? length, Func<Stream> open)
{
    /// <summary>What people call it.</summary>
    public string Name { get; } = name;

    /// <summary>Bytes as stored, compressed or not; null where not known.</summary>
    public long? Length { get; } = length;

    /// <summary>A file on disk.</summary>
    /// <param name="path">Of an existing file.</param>
    public static LogFile FromPath(string path) => new(path, new FileInfo(path).Length, () => new FileStream(
        path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan));

    /// <summary>What is piped into this process.</summary>
    public static LogFile StandardInput() => new("-", null, Console.OpenStandardInput);

    /// <summary>Opens the log's text: where the first bytes are gzip's, as uncompressed, all members after one another.</summary>
    /// <param name="stored">The stream of the stored bytes, whose position tells how far reading is, where it has one.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    internal Stream OpenText(out Stream stored)
    {
        stored = open();
        Span<byte> start = stackalloc byte[2];
        var count = stored.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        Stream whole = new PrefixedStream(start[..count].ToArray(), stored);
        return start[..count].SequenceEqual(GzipMagic) ? new GZipStream(whole, CompressionMode.Decompress) : whole;
    }

    private static ReadOnlySpan<byte> GzipMagic => [0x1F, 0x8B];
}
