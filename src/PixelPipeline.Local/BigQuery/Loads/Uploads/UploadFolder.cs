namespace PixelPipeline.Local.BigQuery.Loads.Uploads;

/// <summary>Where uploads are kept while they arrive and are loaded: in files beside the database.</summary>
internal sealed class UploadFolder
{
    private readonly string _prefix;

    /// <summary>Removes what a process that was killed left there.</summary>
    public UploadFolder(string databasePath)
    {
        _prefix = Path.GetFullPath(databasePath) + "-upload-";
        foreach (var left in Directory.EnumerateFiles(Path.GetDirectoryName(_prefix)!, Path.GetFileName(_prefix) + "*"))
        {
            File.Delete(left);
        }
    }

    /// <summary>Makes an empty file.</summary>
    public UploadFile New() => new($"{_prefix}{Guid.NewGuid():N}");
}
