namespace PixelPipeline.Local;

/// <summary>The data folder cannot be created or written: no permission, a file in its place, a full or read-only disk.</summary>
public sealed class DataFolderUnusableException : Exception
{
    /// <summary>Names the folder.</summary>
    /// <param name="path">The data folder's absolute path.</param>
    /// <param name="innerException">What the operating system said; its message is part of this one's.</param>
    public DataFolderUnusableException(string path, Exception innerException)
        : base($"The data folder {path} cannot be written: {innerException.Message}", innerException) => Path = path;

    /// <summary>The data folder's absolute path.</summary>
    public string Path { get; }
}
