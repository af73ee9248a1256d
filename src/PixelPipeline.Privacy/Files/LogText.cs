using System.IO.Compression;
using PixelPipeline.Forgetting;

namespace PixelPipeline.Privacy.Files;

/// <summary>An access log as text: plain or gzip, lines or an array of JSON objects.</summary>
internal sealed class LogText : IDisposable
{
    private const int StartBytes = 64 * 1024;

    private static readonly (byte[] Mark, int At, string Name)[] Packed =
    [
        ([0x50, 0x4B, 0x03, 0x04], 0, "a zip archive"),
        ([0x42, 0x5A, 0x68], 0, "packed by bzip2"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], 0, "packed by xz"),
        ([0x28, 0xB5, 0x2F, 0xFD], 0, "packed by zstd"),
        ([0xFF, 0xFE], 0, "in UTF-16"),
        ([0xFE, 0xFF], 0, "in UTF-16"),
        ("ustar"u8.ToArray(), 257, "a tar archive"),
    ];

    private readonly Stream _stored;

    private LogText(Stream stored, bool isGzip, bool isObjects, Stream text, ReadOnlySpan<byte> start)
    {
        (_stored, IsGzip) = (stored, isGzip);
        Users = new LineUsers(start);
        Lines = new LineScanner(isObjects ? LineUsers.ObjectsAsLines(text) : text);
    }

    /// <summary>Whether it is packed by gzip.</summary>
    public bool IsGzip { get; }

    /// <summary>Whom lines are about.</summary>
    public LineUsers Users { get; }

    /// <summary>The lines.</summary>
    public LineScanner Lines { get; }

    /// <summary>Opens a log.</summary>
    /// <param name="name">What people call it.</param>
    /// <param name="open">Opens what is stored, from its start, each time.</param>
    /// <exception cref="PlaceException">It is packed in a way that cannot be written again here.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static LogText Open(string name, Func<Stream> open)
    {
        var stored = StartOf(open, gzip: false);
        foreach (var (mark, at, how) in Packed)
        {
            if (stored.Length >= at + mark.Length && stored.AsSpan(at, mark.Length).SequenceEqual(mark))
            {
                throw new PlaceException($"{name} is {how}, which is not taken apart here: unpack it, or leave it out and remove it yourself.");
            }
        }

        var isGzip = stored is [0x1F, 0x8B, ..];
        var start = isGzip ? StartOf(open, gzip: true) : stored;
        var stream = open();
        return new LogText(stream, isGzip, LineUsers.AreObjects(start), isGzip ? new GZipStream(stream, CompressionMode.Decompress) : stream, start);
    }

    /// <summary>Counts one person's lines, from where it stands to the end.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public Holding Count(Person person, CancellationToken cancellationToken)
    {
        var found = default(Holding);
        while (Lines.TryNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (person.IsAmong(Users.Of(Lines.Line.Span)))
            {
                found = new Holding(found.Records + 1, found.Bytes + Lines.Line.Length + 1, 1);
            }
        }

        return found;
    }

    /// <inheritdoc/>
    public void Dispose() => _stored.Dispose();

    private static byte[] StartOf(Func<Stream> open, bool gzip)
    {
        using var stored = open();
        using var text = gzip ? new GZipStream(stored, CompressionMode.Decompress) : stored;
        var start = new byte[StartBytes];
        return start[..text.ReadAtLeast(start, StartBytes, throwOnEndOfStream: false)];
    }
}
