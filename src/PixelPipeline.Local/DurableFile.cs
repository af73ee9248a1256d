namespace PixelPipeline.Local;

/// <summary>Small files that are either the old one or the new one, whenever the process or the machine stops.</summary>
internal static class DurableFile
{
    /// <summary>Writes a file beside <paramref name="path"/>, brings it to the disk and moves it into place.</summary>
    /// <exception cref="IOException">The old file, if any, is still there.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> bytes)
    {
        var next = path + ".next";
        using (var file = new FileStream(next, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }
}
