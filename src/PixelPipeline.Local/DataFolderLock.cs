namespace PixelPipeline.Local;

/// <summary>Holds a <see cref="DataFolder"/> for this process until disposed. The operating system ends it with the process.</summary>
public sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _file;

    internal DataFolderLock(FileStream file) => _file = file;

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
