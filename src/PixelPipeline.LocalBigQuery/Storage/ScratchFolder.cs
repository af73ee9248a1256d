namespace PixelPipeline.LocalBigQuery.Storage;

/// <summary>
/// Files beside the database that are gone once they are closed, such as uploads and results of queries. Nobody else may
/// read them, where the file system knows of such rights.
/// </summary>
internal sealed class ScratchFolder
{
    private readonly string _prefix;

    /// <summary>Removes what a process that was killed left there.</summary>
    /// <param name="databasePath">The database's file.</param>
    /// <param name="kind">What the files' names have behind the database's: <c>upload</c>.</param>
    public ScratchFolder(string databasePath, string kind)
    {
        _prefix = $"{Path.GetFullPath(databasePath)}-{kind}-";
        foreach (var left in Directory.EnumerateFiles(Path.GetDirectoryName(_prefix)!, Path.GetFileName(_prefix) + "*"))
        {
            File.Delete(left);
        }

        foreach (var left in Directory.EnumerateDirectories(Path.GetDirectoryName(_prefix)!, Path.GetFileName(_prefix) + "*"))
        {
            Directory.Delete(left, recursive: true);
        }
    }

    /// <summary>The path of a file that is not there yet; who makes it removes it.</summary>
    public string NewPath() => $"{_prefix}{Guid.NewGuid():N}";

    /// <summary>Makes an empty file.</summary>
    /// <param name="bufferBytes">How much a write may keep back.</param>
    public FileStream New(int bufferBytes)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            Options = FileOptions.DeleteOnClose,
            BufferSize = bufferBytes,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream($"{_prefix}{Guid.NewGuid():N}", options);
    }
}
