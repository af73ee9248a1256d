namespace PixelPipeline.Cli.Exporting;

/// <summary>Where an export goes: standard output, or a file that appears once it is complete.</summary>
internal sealed class ExportFile : IDisposable
{
    private readonly string? _path;

    /// <summary>Opens standard output, or a part file that takes the name once it is complete.</summary>
    /// <param name="path">The file; null for standard output.</param>
    /// <exception cref="CommandException">It cannot be written.</exception>
    public ExportFile(string? path)
    {
        _path = path;
        try
        {
            Writer = path is null ? Console.Out : new StreamWriter(PartOf(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"--out {path} cannot be written: {e.Message}", e);
        }
    }

    public TextWriter Writer { get; }

    /// <summary>Puts the file in place.</summary>
    public void Complete()
    {
        Writer.Flush();
        if (_path is not null)
        {
            Writer.Dispose();
            File.Move(PartOf(_path), _path, overwrite: true);
        }
    }

    /// <summary>Removes what is not complete.</summary>
    public void Dispose()
    {
        if (_path is not null)
        {
            Writer.Dispose();
            File.Delete(PartOf(_path));
        }
    }

    private static string PartOf(string path) => path + ".part";
}
