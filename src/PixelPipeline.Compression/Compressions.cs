using SharpCompress.Compressors.BZip2;
using FileCompression = PixelPipeline.Logs.Files.Compression;

namespace PixelPipeline.Compression;

/// <summary>The compressions that log files come in, beyond what the base class library reads.</summary>
public static class Compressions
{
    /// <summary>All that can be read, and what is known by name alone.</summary>
    public static IReadOnlyList<FileCompression> All { get; } =
    [
        .. FileCompression.BuiltIn.Select(c => c.Name switch
        {
            "bzip2" => c with { Open = Bzip2 },
            "xz" => c with { Open = s => new FailingAsData(new XzStreams(s)) },
            "zstd" => c with { Open = s => new FailingAsData(new ZstdSharp.DecompressionStream(s)) },
            _ => c,
        }),
    ];

    // The library reads the header at once, and may throw what it has for that.
    private static FailingAsData Bzip2(Stream compressed)
    {
        try
        {
            return new FailingAsData(BZip2Stream.Create(compressed, SharpCompress.Compressors.CompressionMode.Decompress, true));
        }
        catch (Exception e) when (e is EndOfStreamException or not (IOException or InvalidDataException))
        {
            throw new InvalidDataException($"It cannot be decompressed: {e.Message}", e);
        }
    }
}
