namespace PixelPipeline.Local.LoadBalancer;

/// <summary>
/// The files that browsers fetch, by the list that deploying them to the bucket reads too, <c>deploy/static-files.txt</c>.
/// </summary>
internal static class StaticFiles
{
    private const string ListName = "static-files.txt";
    private const string PixelName = "pixel.png";

    /// <summary>All of them.</summary>
    /// <param name="pixelPath">The pixel's path, <c>/pixel.png</c>; the others have it with their own ending.</param>
    public static IReadOnlyList<StaticFile> Load(string pixelPath)
    {
        using var list = new StreamReader(Open(ListName));
        return [.. Lines(list).Select(line => ToFile(line, pixelPath))];
    }

    /// <summary>The bytes of one of them, such as <c>pixel.js</c>.</summary>
    public static byte[] Read(string name)
    {
        using var content = Open(name);
        var bytes = new byte[content.Length];
        content.ReadExactly(bytes);
        return bytes;
    }

    private static IEnumerable<string> Lines(StreamReader list)
    {
        while (list.ReadLine() is { } line)
        {
            if (line is not ['#', ..])
            {
                yield return line;
            }
        }
    }

    private static StaticFile ToFile(string line, string pixelPath)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var (name, contentType, cacheControl) = (words[0], words[1], words[2]);
        var path = name == PixelName ? pixelPath : Path.ChangeExtension(pixelPath, Path.GetExtension(name));
        return new StaticFile(path, contentType, cacheControl, Read(name));
    }

    private static Stream Open(string name) => typeof(StaticFiles).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"{name} is not embedded in this assembly.");
}
