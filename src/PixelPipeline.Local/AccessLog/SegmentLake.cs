using System.Globalization;

namespace PixelPipeline.Local.AccessLog;

/// <summary>
/// The closed segments in one folder for each day (UTC) that they were opened on, as the lake in Cloud Storage is laid
/// out: <c>date=2026-11-21/20261121T015025123Z.jsonl</c>. Files there are finished: whole lines, never changed.
/// </summary>
/// <param name="root">Created with the first segment.</param>
internal sealed class SegmentLake(string root)
{
    private const string Prefix = "date=";

    public string PathOf(SegmentId segment) => Path.Combine(FolderOf(segment), segment.FileName);

    /// <summary>The segments of the days from that of <paramref name="oldest"/> on, in no order.</summary>
    public IEnumerable<SegmentId> ListFrom(SegmentId oldest)
    {
        if (!Directory.Exists(root))
        {
            yield break;
        }

        var first = Path.GetFileName(FolderOf(oldest));
        foreach (var day in new DirectoryInfo(root).EnumerateDirectories(Prefix + "*"))
        {
            if (string.CompareOrdinal(day.Name, first) < 0)
            {
                continue;
            }

            foreach (var file in day.EnumerateFiles())
            {
                if (SegmentId.TryParseFileName(file.Name, out var id))
                {
                    yield return id;
                }
            }
        }
    }

    /// <summary>Takes a finished file in, in one step.</summary>
    public void Take(SegmentId segment, string file)
    {
        Directory.CreateDirectory(FolderOf(segment));
        File.Move(file, PathOf(segment));
    }

    /// <summary>Removes a segment, and the folder of its day with the last one.</summary>
    public void Delete(SegmentId segment)
    {
        var day = new DirectoryInfo(FolderOf(segment));
        if (!day.Exists)
        {
            return;
        }

        File.Delete(PathOf(segment));
        if (!day.EnumerateFileSystemInfos().Any())
        {
            day.Delete();
        }
    }

    private string FolderOf(SegmentId segment) =>
        Path.Combine(root, Prefix + segment.OpenedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
}
