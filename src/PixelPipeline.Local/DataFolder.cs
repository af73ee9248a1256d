namespace PixelPipeline.Local;

/// <summary>
/// Where one local pipeline keeps everything: the access log, the lake, the subscription's positions, the dead letters and the
/// local BigQuery's database. Naming a folder touches nothing; <see cref="Lock"/> creates it and claims it.
/// </summary>
public sealed class DataFolder
{
    /// <summary>Names a data folder, such as <c>./data</c>.</summary>
    /// <param name="path">Absolute, or relative to the current directory. Need not exist.</param>
    public DataFolder(string path) => Root = Path.GetFullPath(path);

    /// <summary>The folder's absolute path.</summary>
    public string Root { get; }

    /// <summary>The segment of the access log that is being written, one LogEntry JSON object a line: <c>access-log/20261121T015025123Z.jsonl</c>.</summary>
    public string AccessLog => Path.Combine(Root, "access-log");

    /// <summary>The closed segments, by the day (UTC) that they were opened: <c>lake/date=2026-11-21/20261121T015025123Z.jsonl</c>.</summary>
    public string Lake => Path.Combine(Root, "lake");

    /// <summary>What each push subscription still has to deliver: <c>subscriptions/pixel-function.json</c>.</summary>
    public string Subscriptions => Path.Combine(Root, "subscriptions");

    /// <summary>Messages that were given up, one a file: <c>dead-letters/176370462512300000042.jsonl</c>.</summary>
    public string DeadLetters => Path.Combine(Root, "dead-letters");

    /// <summary>Which objects of the log drop were delivered.</summary>
    public string LogDropFile => Path.Combine(Root, "log-drop.json");

    /// <summary>How many entries the function ignored, minute by minute, lately.</summary>
    public string IgnoredFile => Path.Combine(Root, "ignored.json");

    /// <summary>What the column <c>visitor</c> is made with; readable for its owner alone.</summary>
    public string VisitorSecretFile => Path.Combine(Root, "visitor-secret");

    /// <summary>The users who are not to come back, by keyed hashes.</summary>
    public string ForgottenFile => Path.Combine(Root, "forgotten.jsonl");

    /// <summary>How far each erasure that is under way has got.</summary>
    public string Forgetting => Path.Combine(Root, "forgetting");

    /// <summary>The database of the local BigQuery.</summary>
    public string BigQueryFile => Path.Combine(Root, "bigquery.db");

    /// <summary>
    /// Creates the folder if it is missing and claims it for this process, until the lock is disposed or the process
    /// ends in whatever way.
    /// </summary>
    /// <exception cref="StartFailedException">Another pipeline runs on it, or it cannot be created or written.</exception>
    public DataFolderLock Lock()
    {
        EnsureWritable();
        try
        {
            return new DataFolderLock(new FileStream(
                Path.Combine(Root, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException e)
        {
            throw Unusable(e);
        }
        catch (IOException e) // the folder was writable a moment ago, so what is left is the other process's lock
        {
            throw new StartFailedException(StartFailure.DataFolderInUse, $"The data folder {Root} is in use by another run.", e);
        }
    }

    private void EnsureWritable()
    {
        try
        {
            Directory.CreateDirectory(Root);
            var probe = Path.Combine(Root, $".probe-{Guid.NewGuid():N}");
            using var file = new FileStream(
                probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
            file.WriteByte(0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(e);
        }
    }

    private StartFailedException Unusable(Exception cause) =>
        new(StartFailure.DataFolderUnusable, $"The data folder {Root} cannot be used: {cause.Message}", cause);
}
