namespace PixelPipeline.Local.Tests.Support;

/// <summary>Makes files whose disk can run full, where a write leaves its first half behind and fails, or fail to take what was written.</summary>
internal sealed class FailingDisk
{
    public bool IsFull { get; set; }

    /// <summary>How many of the next calls of fsync fail.</summary>
    public int FailingFlushes { get; set; }

    public FileStream Create(string path) => new FailingFile(path, this);

    private sealed class FailingFile(string path, FailingDisk disk)
        : FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0)
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (disk.IsFull)
            {
                base.Write(buffer[..(buffer.Length / 2)]);
                throw new IOException("No space left on device");
            }

            base.Write(buffer);
        }

        public override void Flush(bool flushToDisk)
        {
            if (flushToDisk && disk.FailingFlushes > 0)
            {
                disk.FailingFlushes--;
                throw new IOException("Input/output error");
            }

            base.Flush(flushToDisk);
        }
    }
}
