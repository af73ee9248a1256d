using PixelPipeline.Logs.Files;

namespace PixelPipeline.Compression;

/// <summary>
/// A decompressor whose failures, of whatever kind its library has, are those of the data: the reading of a file ends there
/// and is reported, whoever made the file. What fails where the compressed bytes come from stays an <see cref="IOException"/>.
/// </summary>
internal sealed class FailingAsData(Stream decompressor) : ReadOnlyStream
{
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

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            decompressor.Dispose();
        }

        base.Dispose(disposing);
    }
}
