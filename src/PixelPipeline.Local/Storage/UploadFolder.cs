namespace PixelPipeline.Local.Storage;

/// <summary>
/// Where objects are written until they are whole: a folder inside the bucket's, so that moving them into place is one
/// step, under a name that no object can have.
/// </summary>
/// <param name="root">The bucket's folder.</param>
internal sealed class UploadFolder(string root)
{
    private const string Suffix = ".part";

    private readonly string _path = Path.Combine(root, ".pixel-uploads");

    /// <summary>Makes the folder, removes what a run that was killed has left in it and nothing else, and looks whether it can be written.</summary>
    /// <exception cref="IOException">It cannot.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot.</exception>
    public void Prepare()
    {
        Directory.CreateDirectory(_path);
        foreach (var file in Directory.EnumerateFiles(_path, "*" + Suffix))
        {
            File.Delete(file);
        }

        using var probe = new FileStream(NewPart(), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        probe.WriteByte(0);
    }

    /// <summary>Brings content to the disk and moves it into place: there is the old file or the new one, never a half.</summary>
    /// <param name="target">Where to; missing folders are made.</param>
    /// <param name="content">Read to its end.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task WriteAsync(string target, Stream content, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_path);
        var part = NewPart();
        try
        {
            await using (var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous))
            {
                await content.CopyToAsync(file, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Move(part, target, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private string NewPart() => Path.Combine(_path, $"{Guid.NewGuid():N}{Suffix}");
}
