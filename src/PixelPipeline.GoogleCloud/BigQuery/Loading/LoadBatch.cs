using System.IO.Compression;
using System.Security.Cryptography;

namespace PixelPipeline.GoogleCloud.BigQuery.Loading;

/// <summary>
/// The rows of one load job: compressed, since they go over a network, and told apart by their content. Not safe for
/// concurrent use.
/// </summary>
internal sealed class LoadBatch : IDisposable
{
    private readonly MemoryStream _compressed = new();
    private readonly GZipStream _gzip;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Begins a batch.</summary>
    public LoadBatch() => _gzip = new GZipStream(_compressed, CompressionLevel.Fastest, leaveOpen: true);

    /// <summary>How many rows it has.</summary>
    public long RowCount { get; private set; }

    /// <summary>Bytes of all lines, uncompressed.</summary>
    public long Bytes { get; private set; }

    /// <summary>Adds rows.</summary>
    public void Add(JsonRows rows)
    {
        _gzip.Write(rows.Lines);
        _hash.AppendData(rows.Lines);
        Bytes += rows.Lines.Length;
        RowCount += rows.Count;
    }

    /// <summary>Ends the batch.</summary>
    /// <returns>A SHA-256 that only the same rows in the same order have, and the compressed lines.</returns>
    public (byte[] Hash, Stream Rows) Complete()
    {
        _gzip.Dispose();
        return (_hash.GetHashAndReset(), _compressed);
    }

    public void Dispose()
    {
        _gzip.Dispose();
        _compressed.Dispose();
        _hash.Dispose();
    }
}
