using System.Buffers;
using PixelPipeline.LocalBigQuery.Storage;

namespace PixelPipeline.LocalBigQuery.Loads.Uploads;

/// <summary>What a client uploads, in a file that is gone once this is disposed.</summary>
internal sealed class UploadFile : IDisposable
{
    private const int BufferBytes = 128 * 1024;

    private readonly FileStream _file;
    private long _contentStart;

    /// <summary>Makes the file.</summary>
    public UploadFile(ScratchFolder folder) => _file = folder.New(bufferBytes: 0);

    /// <summary>How many bytes have arrived.</summary>
    public long Length => _file.Length;

    /// <summary>How many of them are rows.</summary>
    public long ContentLength => Length - _contentStart;

    /// <summary>Adds a body at the end. What arrived of one that breaks off stays.</summary>
    /// <param name="body">The body.</param>
    /// <param name="skip">How many of its bytes are here already.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task AppendAsync(Stream body, long skip, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            _file.Seek(0, SeekOrigin.End);
            int count;
            while ((count = await body.ReadAsync(buffer, cancellationToken)) > 0)
            {
                var known = (int)Math.Min(skip, count);
                skip -= known;
                await _file.WriteAsync(buffer.AsMemory(known, count - known), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Says which part of the file is rows; what comes after it is dropped.</summary>
    public void KeepContent(long start, long end)
    {
        _contentStart = start;
        _file.SetLength(end);
    }

    /// <summary>Reads the whole file as it arrived.</summary>
    public FileStream OpenRaw() =>
        new(_file.Name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferBytes, FileOptions.SequentialScan);

    /// <summary>Reads the rows, decompressed if they are gzip, which BigQuery tells by the content.</summary>
    /// <exception cref="InvalidDataException">They begin as gzip does and are too short.</exception>
    public Stream OpenContent()
    {
        var raw = OpenRaw();
        raw.Seek(_contentStart, SeekOrigin.Begin);
        var isGzip = raw.ReadByte() == 0x1F && raw.ReadByte() == 0x8B;
        raw.Seek(_contentStart, SeekOrigin.Begin);
        return isGzip ? new GzipContent(raw) : raw;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
