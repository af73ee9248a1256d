namespace PixelPipeline.Local.AccessLog;

/// <summary>
/// The segment that is being written. A failed write may leave part of itself behind: that part is cut off before
/// anything else is appended, so a half line never stands in front of a whole one.
/// </summary>
internal sealed class SegmentFile(SegmentId id, FileStream stream) : IDisposable
{
    private bool _torn;

    public SegmentId Id { get; } = id;

    /// <summary>Bytes written whole.</summary>
    public long Length { get; private set; }

    /// <summary>Where the next line goes.</summary>
    public LogPosition End => new(Id, Length);

    /// <summary>Creates the segment's file, without a buffer of its own: what is written is in the operating system's hands.</summary>
    public static FileStream Create(string path) =>
        new(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    /// <summary>Appends whole lines with one write.</summary>
    /// <exception cref="IOException">The disk is full or broken; the segment's <see cref="Length"/> stays as it was.</exception>
    public void Append(ReadOnlySpan<byte> lines)
    {
        Mend();
        _torn = true;
        stream.Write(lines);
        _torn = false;
        Length += lines.Length;
    }

    /// <summary>Cuts off what a failed write left behind.</summary>
    /// <exception cref="IOException">It cannot be cut off now.</exception>
    public void Mend()
    {
        if (_torn)
        {
            stream.SetLength(Length);
            stream.Position = Length;
            _torn = false;
        }
    }

    /// <summary>fsync. May run beside <see cref="Append"/>.</summary>
    public void FlushToDisk() => stream.Flush(flushToDisk: true);

    public void Dispose() => stream.Dispose();

    /// <summary>
    /// Cuts off a last line without a newline: the process ended in the middle of writing it, so its request was never
    /// answered. What is left is on the disk then: after a kill it was in the operating system's hands alone.
    /// </summary>
    /// <returns>The length that is left, in bytes.</returns>
    public static long CutTornLine(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        var whole = EndOfLastLine(file);
        if (whole < file.Length)
        {
            file.SetLength(whole);
        }

        file.Flush(flushToDisk: true);
        return whole;
    }

    private static long EndOfLastLine(FileStream file)
    {
        var chunk = new byte[64 * 1024];
        for (var end = file.Length; end > 0;)
        {
            var start = Math.Max(0, end - chunk.Length);
            var bytes = chunk.AsSpan(0, (int)(end - start));
            file.Position = start;
            file.ReadExactly(bytes);
            var newline = bytes.LastIndexOf((byte)'\n');
            if (newline >= 0)
            {
                return start + newline + 1;
            }

            end = start;
        }

        return 0;
    }
}
