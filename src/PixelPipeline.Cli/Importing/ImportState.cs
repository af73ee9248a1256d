using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PixelPipeline.Importing;
using PixelPipeline.Logs.Files;

namespace PixelPipeline.Cli.Importing;

/// <summary>
/// How far an import got, in a file beside the data: <c>data/imports/1f0c….json</c>, one for each list of files and
/// target. It is written anew as the import goes on, and removed at its end.
/// </summary>
internal sealed class ImportState
{
    private readonly string _path;

    /// <summary>The state of one list of files and one target; touches nothing on disk.</summary>
    /// <param name="dataFolder">Where it is kept.</param>
    /// <param name="files">What is imported, in order. The same names and sizes lead to the same state.</param>
    /// <param name="target">Where to.</param>
    public ImportState(string dataFolder, IEnumerable<LogFile> files, string target)
    {
        var text = string.Join('\n', files.Select(f => FormattableString.Invariant($"{Path.GetFullPath(f.Name)}\t{f.Length}")).Prepend(target));
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
        _path = Path.Combine(dataFolder, "imports", name + ".json");
    }

    /// <summary>How far the last import of these files got; null where there is none that was broken off.</summary>
    /// <exception cref="CommandException">The state cannot be read.</exception>
    public ImportPosition? Read()
    {
        try
        {
            return File.Exists(_path) ? JsonSerializer.Deserialize<ImportPosition>(File.ReadAllBytes(_path)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new CommandException($"The import's state {_path} cannot be read: {e.Message} Leave --resume out to import from the start.", e);
        }
    }

    /// <summary>Replaces the state: whoever reads sees the old one or this one whole.</summary>
    /// <exception cref="CommandException">The state cannot be written.</exception>
    public void Write(ImportPosition position)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            var next = _path + ".next";
            File.WriteAllBytes(next, JsonSerializer.SerializeToUtf8Bytes(position));
            File.Move(next, _path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"The import's state {_path} cannot be written: {e.Message} Name another folder with --data.", e);
        }
    }

    /// <summary>The import is complete.</summary>
    public void Remove()
    {
        if (File.Exists(_path))
        {
            File.Delete(_path);
        }
    }
}
