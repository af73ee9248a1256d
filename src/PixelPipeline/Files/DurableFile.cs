namespace PixelPipeline.Files;

/// <summary>Small files that are either the old one or the new one, whenever the process or the machine stops.</summary>
public static class DurableFile
{
    /// <summary>Writes a file beside <paramref name="path"/>, brings it to the disk and moves it into place.</summary>
    /// <param name="path">The file, in a folder that is there.</param>
    /// <param name="bytes">What it holds from now on.</param>
    /// <param name="isPrivate">True for one that its owner alone may read, where the system has such.</param>
    /// <exception cref="IOException">The old file, if any, is still there.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> bytes, bool isPrivate = false)
    {
        var next = path + ".next";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (isPrivate && !OperatingSystem.IsWindows())
        {
            File.Delete(next); // the mode is one of creating
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
