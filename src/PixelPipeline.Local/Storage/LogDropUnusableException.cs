namespace PixelPipeline.Local.Storage;

/// <summary>The folder of the log drop cannot be used: no permission, a file in its place, a data folder inside it.</summary>
public sealed class LogDropUnusableException : Exception
{
    /// <summary>Names the folder.</summary>
    /// <param name="path">The folder's absolute path.</param>
    /// <param name="reason">Why not, as a clause with a full stop; it becomes part of the message.</param>
    /// <param name="innerException">What the operating system said.</param>
    public LogDropUnusableException(string path, string reason, Exception? innerException = null)
        : base($"The log drop {path} cannot be used: {reason}", innerException) => Path = path;

    /// <summary>The folder's absolute path.</summary>
    public string Path { get; }
}
