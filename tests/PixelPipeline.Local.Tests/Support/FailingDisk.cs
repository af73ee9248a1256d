namespace PixelPipeline.Local.Tests.Support;

/// <summary>Makes files whose disk can run full: a write then leaves its first half behind and fails.</summary>
internal sealed class FailingDisk
{
    public bool IsFull { get; set; }

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
    }
}
