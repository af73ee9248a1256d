using System.Buffers.Binary;
using System.IO.Compression;

namespace PixelPipeline.LocalBigQuery.Loads.Uploads;

/// <summary>
/// Decompresses a gzip file and checks at its end that it was one file, and whole: the last four bytes say how much there
/// is to be (https://www.rfc-editor.org/rfc/rfc1952#page-7), which several files in one do not have, and one that was cut
/// off neither. The latter <see cref="GZipStream"/> finds by itself only in a program that asks for strict validation.
/// </summary>
internal sealed class GzipContent : Stream
{
    private const int ShortestFile = 18;

    private readonly GZipStream _content;
    private readonly uint _length;
    private uint _read;

    /// <summary>Reads from where the file is positioned, and closes it.</summary>
    /// <exception cref="InvalidDataException">It is too short to be gzip.</exception>
    public GzipContent(FileStream file)
    {
        var start = file.Position;
        if (file.Length - start < ShortestFile)
        {
            file.Dispose();
            throw new InvalidDataException();
        }

        Span<byte> length = stackalloc byte[sizeof(uint)];
        file.Seek(-length.Length, SeekOrigin.End);
        file.ReadExactly(length);
        _length = BinaryPrimitives.ReadUInt32LittleEndian(length);
        file.Seek(start, SeekOrigin.Begin);
        _content = new GZipStream(file, CompressionMode.Decompress);
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file is damaged or cut off.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = _content.Read(buffer, offset, count);
        _read = unchecked(_read + (uint)read);
        return read > 0 || count == 0 || _read == _length ? read : throw new InvalidDataException();
    }

    /// <inheritdoc/>
    public override void Flush() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _content.Dispose();
        base.Dispose(disposing);
    }
}
