namespace PixelPipeline.Local.Storage;

/// <summary>An object as it is at one moment. Other content shows in the size or the time, or not at all.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Updated">When its file was last written, UTC, as exactly as the file system tells.</param>
internal sealed record BucketObject(ObjectName Name, long Size, DateTimeOffset Updated)
{
    /// <summary>The number of this content: microseconds since 1970, as Cloud Storage makes them.</summary>
    public long Generation => (Updated - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
