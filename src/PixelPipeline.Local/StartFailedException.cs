namespace PixelPipeline.Local;

/// <summary>What keeps a local pipeline from starting, where it is no port and no Pub/Sub emulator.</summary>
public enum StartFailure
{
    /// <summary>Another local pipeline runs on the data folder.</summary>
    DataFolderInUse,

    /// <summary>The data folder cannot be created or written: no permission, a file in its place, a full or read-only disk.</summary>
    DataFolderUnusable,

    /// <summary>The folder of the log drop cannot be used: no permission, a file in its place, a data folder inside it.</summary>
    LogDropUnusable,

    /// <summary>The function ended before it was ready.</summary>
    FunctionEnded,
}

/// <summary>A part of the local pipeline cannot start. The message says why: of the function, a line for each thing to mend.</summary>
public sealed class StartFailedException : Exception
{
    /// <summary>Says what failed.</summary>
    /// <param name="failure">Which part, and how.</param>
    /// <param name="message">Whole sentences, for people.</param>
    /// <param name="innerException">What the operating system said.</param>
    public StartFailedException(StartFailure failure, string message, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    /// <summary>Which part, and how.</summary>
    public StartFailure Failure { get; }
}
