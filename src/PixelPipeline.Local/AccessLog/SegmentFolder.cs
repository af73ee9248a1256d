namespace PixelPipeline.Local.AccessLog;

/// <summary>
/// Where the access log's segments are: one that is being written in the log's own folder, closed ones in the lake. A
/// move between the two is atomic, and whoever looks meanwhile finds the segment in one of them.
/// </summary>
internal sealed class SegmentFolder
{
    private readonly string _log;
    private readonly SegmentLake _lake;

    /// <summary>Creates the log's folder if it is missing.</summary>
    /// <exception cref="IOException">It cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be created.</exception>
    public SegmentFolder(DataFolder data)
    {
        _log = data.AccessLog;
        _lake = new SegmentLake(data.Lake);
        Directory.CreateDirectory(_log);
    }

    /// <summary>Where a segment is, or, where there is none, would be written.</summary>
    public string PathOf(SegmentId segment) => File.Exists(_lake.PathOf(segment)) ? _lake.PathOf(segment) : LogPathOf(segment);

    /// <summary>The segments there are, oldest first.</summary>
    public IReadOnlyList<SegmentId> List() => ListFrom(default);

    /// <summary>The segments that are not in the lake, oldest first.</summary>
    public IReadOnlyList<SegmentId> ListUnfinished()
    {
        var segments = new List<SegmentId>();
        foreach (var file in new DirectoryInfo(_log).EnumerateFiles())
        {
            if (SegmentId.TryParseFileName(file.Name, out var id))
            {
                segments.Add(id);
            }
        }

        segments.Sort();
        return segments;
    }

    /// <summary>The oldest segment that is newer than <paramref name="segment"/>, or null.</summary>
    public SegmentId? NextAfter(SegmentId segment)
    {
        foreach (var id in ListFrom(segment))
        {
            if (id.CompareTo(segment) > 0)
            {
                return id;
            }
        }

        return null;
    }

    /// <summary>The segments that were opened on the day of <paramref name="oldest"/> or later, oldest first.</summary>
    public IReadOnlyList<SegmentId> ListFrom(SegmentId oldest)
    {
        // The log first: what moves meanwhile is then seen in both places rather than in none.
        var segments = new SortedSet<SegmentId>(ListUnfinished());
        segments.UnionWith(_lake.ListFrom(oldest));
        return [.. segments];
    }

    /// <summary>A segment's length in bytes; 0 where it does not exist (any more).</summary>
    public long LengthOf(SegmentId segment)
    {
        using var file = OpenRead(segment);
        return file?.Length ?? 0;
    }

    /// <summary>Moves a closed segment to the lake, in one step. One whose retention was over before is not missed.</summary>
    /// <exception cref="IOException">It stays where it is.</exception>
    public void MoveToLake(SegmentId segment)
    {
        try
        {
            _lake.Take(segment, LogPathOf(segment));
        }
        catch (FileNotFoundException)
        {
            // removed since it was closed
        }
    }

    public void Delete(SegmentId segment)
    {
        File.Delete(LogPathOf(segment));
        _lake.Delete(segment);
    }

    /// <summary>
    /// Opens a segment for reading beside its writer, or null where it does not exist (any more).
    /// </summary>
    public FileStream? OpenRead(SegmentId segment) => TryOpen(LogPathOf(segment)) ?? TryOpen(_lake.PathOf(segment));

    private string LogPathOf(SegmentId segment) => Path.Combine(_log, segment.FileName);

    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
