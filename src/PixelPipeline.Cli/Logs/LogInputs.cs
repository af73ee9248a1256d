using Microsoft.Extensions.FileSystemGlobbing;
using PixelPipeline.Compression;
using PixelPipeline.Logs.Files;

namespace PixelPipeline.Cli.Logs;

/// <summary>The log files that a command line names: files, folders, patterns, and <c>-</c> for standard input.</summary>
internal static class LogInputs
{
    /// <summary>Finds the files, each once: in the order of the arguments, those of a folder or pattern by name.</summary>
    /// <param name="paths">Files, folders, patterns such as <c>logs/**/*.log.gz</c>, or <c>-</c>.</param>
    /// <param name="recursive">Folders mean their subfolders as well.</param>
    /// <param name="timeZone">The zone of times that name none; null for UTC.</param>
    /// <exception cref="CommandException">An argument names nothing.</exception>
    public static List<LogFile> Find(IEnumerable<string> paths, bool recursive, TimeZoneInfo? timeZone = null)
    {
        var found = paths.SelectMany(path => Find(path, recursive)).Distinct().ToList();
        return found.ConvertAll(path => path == "-" ? LogFile.StandardInput(Compressions.All, timeZone) : LogFile.FromPath(path, Compressions.All, timeZone));
    }

    private static IEnumerable<string> Find(string path, bool recursive)
    {
        if (path == "-" || File.Exists(path))
        {
            return [path];
        }

        if (Directory.Exists(path))
        {
            var depth = recursive ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly;
            return Directory.EnumerateFiles(path, "*", depth).Order(StringComparer.Ordinal);
        }

        var matches = Match(path);
        return matches.Count > 0 ? matches : throw new CommandException($"{path} is no file or folder, and no file matches it as a pattern.");
    }

    private static List<string> Match(string pattern)
    {
        var wildcard = pattern.IndexOf('*', StringComparison.Ordinal);
        if (wildcard < 0)
        {
            return [];
        }

        // What stands before the first wildcard is where to look.
        var slash = pattern.LastIndexOfAny([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], wildcard);
        var folder = slash < 0 ? "." : pattern[..(slash + 1)];
        var matcher = new Matcher(StringComparison.Ordinal);
        matcher.AddInclude(pattern[(slash + 1)..]);
        return Directory.Exists(folder)
            ? [.. matcher.GetResultsInFullPath(folder).Select(f => Path.GetRelativePath(".", f)).Order(StringComparer.Ordinal)]
            : [];
    }
}
