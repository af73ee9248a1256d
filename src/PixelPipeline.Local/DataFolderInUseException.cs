namespace PixelPipeline.Local;

/// <summary>Another local pipeline runs on the data folder.</summary>
public sealed class DataFolderInUseException : Exception
{
    /// <summary>Names the folder.</summary>
    /// <param name="path">The data folder's absolute path.</param>
    /// <param name="innerException">What the operating system said.</param>
    public DataFolderInUseException(string path, Exception innerException)
        : base($"The data folder {path} is in use by another run.", innerException) => Path = path;

    /// <summary>The data folder's absolute path.</summary>
    public string Path { get; }
}
