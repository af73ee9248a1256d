using System.Text;
using PixelPipeline.Privacy;

namespace PixelPipeline.Cli.Persons;

/// <summary>Looks for a user id in every byte of a folder: the last word on whether something was overlooked.</summary>
/// <param name="person">Whose id; one of a few characters stands in other bytes by chance, and is not looked for.</param>
internal sealed class DataFolderSweep(Person person)
{
    private const int LeastBytes = 6;
    private const int BufferBytes = 1 << 20;

    private readonly byte[][] _spellings =
    [
        .. ((string[])[person.Id, person.Spelling, Uri.EscapeDataString(person.Id)]).Distinct().Select(Encoding.UTF8.GetBytes).Where(s => s.Length >= LeastBytes),
    ];

    /// <summary>The files that hold the id, relative to the folder.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public IReadOnlyList<string> Find(string folder) => _spellings.Length == 0
        ? []
        : [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(Holds).Select(f => Path.GetRelativePath(folder, f)).Order(StringComparer.Ordinal)];

    private bool Holds(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var overlap = _spellings.Max(s => s.Length) - 1;
            var buffer = new byte[BufferBytes + overlap];
            for (int kept = 0, read; (read = file.Read(buffer, kept, buffer.Length - kept)) > 0;)
            {
                var bytes = buffer.AsSpan(0, kept + read);
                if (Array.Exists(_spellings, s => buffer.AsSpan(0, kept + read).IndexOf(s) >= 0))
                {
                    return true;
                }

                var next = Math.Min(overlap, bytes.Length);
                bytes[^next..].CopyTo(buffer);
                kept = next;
            }

            return false;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false; // gone meanwhile
        }
        catch (IOException) when (Path.GetFileName(path) == ".lock")
        {
            return false; // empty, and held by whoever runs on the folder
        }
    }
}
