namespace PixelPipeline.Privacy.Files;

/// <summary>Small files of ours that are the old one or the new one, whenever the process or the machine stops, and that their owner alone may read.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a file beside the path, brings it to the disk and moves it into place.</summary>
    /// <exception cref="IOException">The old file, if any, is still there.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var next = path + ".next";
        File.Delete(next); // the mode is one of creating
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(next, options))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }
}
