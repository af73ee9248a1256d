using System.IO.Compression;

namespace PixelPipeline.Logs.Files;

/// <summary>A way in which files are compressed, found out by their first bytes.</summary>
/// <param name="Name">As people call it, such as <c>gzip</c>.</param>
/// <param name="Magic">What such a file begins with.</param>
/// <param name="Open">
/// Gives the text of the compressed stream, which it owns; null where this program cannot, so that such a file is refused by
/// name. What is no such stream, or breaks off, must fail as <see cref="InvalidDataException"/> or <see cref="IOException"/>.
/// </param>
public sealed record Compression(string Name, byte[] Magic, Func<Stream, Stream>? Open)
{
    /// <summary>What the base class library reads, and what is known by name alone.</summary>
    public static IReadOnlyList<Compression> BuiltIn { get; } =
    [
        new("gzip", [0x1F, 0x8B], stream => new GZipStream(stream, CompressionMode.Decompress)),
        new("bzip2", [.. "BZh"u8], null),
        new("xz", [0xFD, .. "7zXZ"u8], null),
        new("zstd", [0x28, 0xB5, 0x2F, 0xFD], null),
        new("7-Zip", [.. "7z"u8, 0xBC, 0xAF], null),
        new("RAR", [.. "Rar!"u8], null),
    ];
}
