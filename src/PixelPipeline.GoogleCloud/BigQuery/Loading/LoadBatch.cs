using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace PixelPipeline.GoogleCloud.BigQuery.Loading;

/// <summary>
/// The rows of one load job: compressed, since they go over a network, and named by their content. Not safe for
/// concurrent use.
/// </summary>
internal sealed class LoadBatch : IDisposable
{
    private readonly MemoryStream _compressed = new();
    private readonly GZipStream _gzip;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Begins a batch.</summary>
    /// <param name="table">The table's full name: the same rows for another table are another job.</param>
    public LoadBatch(string table)
    {
        _gzip = new GZipStream(_compressed, CompressionLevel.Fastest, leaveOpen: true);
        _hash.AppendData(Encoding.UTF8.GetBytes(table + "\n"));
    }

    /// <summary>Bytes of all lines, uncompressed.</summary>
    public long Bytes { get; private set; }

    /// <summary>Adds lines of JSON.</summary>
    public void Add(ReadOnlySpan<byte> lines)
    {
        _gzip.Write(lines);
        _hash.AppendData(lines);
        Bytes += lines.Length;
    }

    /// <summary>Ends the batch.</summary>
    /// <returns>
    /// A job id made of the rows and the table, so that the same rows are never loaded twice, and the compressed lines.
    /// </returns>
    public (string JobId, Stream Rows) Complete()
    {
        _gzip.Dispose();
        return ("pixel_import_" + Convert.ToHexStringLower(_hash.GetHashAndReset().AsSpan(0, 16)), _compressed);
    }

    public void Dispose()
    {
        _gzip.Dispose();
        _compressed.Dispose();
        _hash.Dispose();
    }
}
