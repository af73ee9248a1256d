using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace PixelPipeline.Logs.Files;

/// <summary>
/// The texts in a stored stream, as lines in UTF-8: what is compressed is read as uncompressed, of a tar or zip archive each
/// file, of JSON that is not one object a line each object as one. All is found out by the first bytes, layer by layer.
/// </summary>
internal static class LogTexts
{
    private const int HeadLength = 512; // a tar archive's first header
    private const int TarMagicAt = 257;
    private const int MaxLayers = 5; // an archive within an archive within … is somebody's trick

    /// <summary>The texts, one after the other: each is read before the next is asked for.</summary>
    /// <param name="name">What people call the file.</param>
    /// <param name="stored">Its bytes; closed with the last text's.</param>
    /// <param name="compressions">What can be read.</param>
    /// <exception cref="InvalidDataException">It is, or has in it, what cannot be read.</exception>
    public static IEnumerable<(string Name, Stream Text)> In(string name, Stream stored, IReadOnlyList<Compression> compressions) =>
        In(name, stored, compressions, MaxLayers);

    private static IEnumerable<(string Name, Stream Text)> In(string name, Stream stored, IReadOnlyList<Compression> compressions, int layers)
    {
        var whole = PrefixedStream.Peek(stored, HeadLength, out var head);
        if (layers == 0)
        {
            throw new InvalidDataException($"{name} is packed more than {MaxLayers} times over: unpack it first.");
        }

        if (compressions.FirstOrDefault(c => head.AsSpan().StartsWith(c.Magic)) is { } compression)
        {
            var open = compression.Open ?? throw new InvalidDataException($"{name} is compressed with {compression.Name}: decompress it first.");
            return In(name, open(whole), compressions, layers - 1);
        }

        if (head.AsSpan().StartsWith("PK\x03\x04"u8))
        {
            return InZip(name, stored, compressions, layers - 1);
        }

        var isTar = head.Length == HeadLength && head.AsSpan(TarMagicAt).StartsWith("ustar"u8);
        return isTar ? InTar(name, whole, compressions, layers - 1) : [(name, ToLines(whole, head))];
    }

    private static IEnumerable<(string Name, Stream Text)> InTar(string name, Stream tar, IReadOnlyList<Compression> compressions, int layers)
    {
        using var reader = new TarReader(tar);
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is not null)
            {
                foreach (var text in In($"{name}/{entry.Name}", entry.DataStream, compressions, layers))
                {
                    yield return text;
                }
            }
        }
    }

    private static IEnumerable<(string Name, Stream Text)> InZip(string name, Stream stored, IReadOnlyList<Compression> compressions, int layers)
    {
        if (!stored.CanSeek)
        {
            throw new InvalidDataException($"{name} is a zip archive, which can be read from a file on disk only: unpack it first.");
        }

        stored.Position = 0;
        using var zip = new ZipArchive(stored, ZipArchiveMode.Read);
        foreach (var entry in zip.Entries.Where(e => e.Name.Length > 0))
        {
            foreach (var text in In($"{name}/{entry.FullName}", entry.Open(), compressions, layers))
            {
                yield return text;
            }
        }
    }

    private static Stream ToLines(Stream whole, byte[] head)
    {
        if (FindEncoding(head) is { } encoding)
        {
            whole = Encoding.CreateTranscodingStream(whole, encoding, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            whole = PrefixedStream.Peek(whole, HeadLength, out head);
        }

        if (head.AsSpan().StartsWith(Encoding.UTF8.Preamble))
        {
            whole.ReadExactly(new byte[Encoding.UTF8.Preamble.Length]);
            head = head[Encoding.UTF8.Preamble.Length..];
        }

        return JsonObjectLines.AreNeeded(head) ? new JsonObjectLines(whole) : whole;
    }

    // PowerShell writes UTF-16 with a byte order mark, other tools without: then every second byte of ASCII is zero.
    private static UnicodeEncoding? FindEncoding(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xFE, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true),
        [0xFE, 0xFF, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true),
        [not 0, 0, not 0, 0, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: false),
        [0, not 0, 0, not 0, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: false),
        _ => null,
    };
}
