namespace PixelPipeline.Compression;

/// <summary>
/// A decompressor whose failures, of whatever kind its library has, are those of the data: the reading of a file ends there
/// and is reported, whoever made the file. What fails where the compressed bytes come from stays an <see cref="IOException"/>.
/// </summary>
internal sealed class FailingAsData(Stream decompressor) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return decompressor.Read(buffer);
        }
        catch (Exception e) when (e is EndOfStreamException or not (IOException or InvalidDataException))
        {
            throw new InvalidDataException($"It cannot be decompressed: {e.Message}", e);
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            decompressor.Dispose();
        }

        base.Dispose(disposing);
    }
}
