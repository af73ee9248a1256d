namespace PixelPipeline.Local.Storage;

/// <summary>
/// The folder that plays the bucket of the log file function. Naming it touches nothing; <see cref="Create"/> makes it.
/// </summary>
/// <param name="path">Absolute, or relative to the current directory. Need not exist.</param>
/// <param name="inputPrefix">The function's setting <c>LogFiles__InputPrefix</c>.</param>
/// <param name="outputPrefix">The function's setting <c>LogFiles__OutputPrefix</c>.</param>
public sealed class LogDropFolder(string path, string inputPrefix = "drop/", string outputPrefix = "summaries/")
{
    /// <summary>The folder's absolute path.</summary>
    public string Root { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    /// <summary>Where log files are put: <c>DIR/drop</c>.</summary>
    public string Input => Path.Join(Root, inputPrefix.TrimEnd('/'));

    /// <summary>Where the summaries go: <c>DIR/summaries</c>.</summary>
    public string Output => Path.Join(Root, outputPrefix.TrimEnd('/'));

    /// <summary>Makes what is missing of the folder and its input folder, and looks whether it can be written.</summary>
    /// <param name="data">The data folder, an existing one. Neither may be inside the other: what the pipeline writes is no log that was dropped.</param>
    /// <exception cref="StartFailedException">It cannot be made or written, or overlaps with the data folder.</exception>
    public void Create(DataFolder data)
    {
        ArgumentNullException.ThrowIfNull(data);
        try
        {
            RequireApart(Target(Root), Target(data.Root));
            Directory.CreateDirectory(Root);
            if (inputPrefix.EndsWith('/') && ObjectName.TryParse(inputPrefix.TrimEnd('/'), out _)) // else it is no folder of this one
            {
                Directory.CreateDirectory(Input);
            }

            new UploadFolder(Root).Prepare();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(e.Message, e);
        }
    }

    private void RequireApart(string root, string data)
    {
        if (IsWithin(root, data) || IsWithin(data, root))
        {
            throw Unusable($"neither it nor the data folder {data} may be inside the other.");
        }
    }

    private static bool IsWithin(string path, string folder) =>
        Path.GetRelativePath(folder, path) is var way && way != ".." && !way.StartsWith($"..{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !Path.IsPathRooted(way);

    private static string Target(string folder) =>
        Directory.Exists(folder) && Directory.ResolveLinkTarget(folder, returnFinalTarget: true) is { } target ? target.FullName : folder;

    private StartFailedException Unusable(string reason, Exception? cause = null) =>
        new(StartFailure.LogDropUnusable, $"The log drop {Root} cannot be used: {reason}", cause);
}
