namespace PixelPipeline.Local.AccessLog;

/// <summary>The folder that holds the access log's segments.</summary>
internal sealed class SegmentFolder
{
    private readonly string _path;

    /// <summary>Creates the folder if it is missing.</summary>
    /// <exception cref="IOException">It cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be created.</exception>
    public SegmentFolder(string path)
    {
        _path = path;
        Directory.CreateDirectory(path);
    }

    public string PathOf(SegmentId segment) => Path.Combine(_path, segment.FileName);

    /// <summary>The segments there are, oldest first.</summary>
    public IReadOnlyList<SegmentId> List()
    {
        var segments = new List<SegmentId>();
        foreach (var file in new DirectoryInfo(_path).EnumerateFiles())
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
        foreach (var id in List())
        {
            if (id.CompareTo(segment) > 0)
            {
                return id;
            }
        }

        return null;
    }

    /// <summary>A segment's length in bytes; 0 where it does not exist (any more).</summary>
    public long LengthOf(SegmentId segment)
    {
        var file = new FileInfo(PathOf(segment));
        return file.Exists ? file.Length : 0;
    }

    public void Delete(SegmentId segment) => File.Delete(PathOf(segment));

    /// <summary>
    /// Opens a segment for reading beside its writer, or null where it does not exist (any more).
    /// </summary>
    public FileStream? OpenRead(SegmentId segment)
    {
        try
        {
            return new FileStream(
                PathOf(segment), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
