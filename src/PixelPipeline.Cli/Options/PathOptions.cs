using System.CommandLine;

namespace PixelPipeline.Cli.Options;

/// <summary>Options that name files and folders: a wrong path is told before anything is done.</summary>
internal static class PathOptions
{
    /// <summary>Takes files that are there.</summary>
    public static TOption FileToRead<TOption>(TOption option)
        where TOption : Option => Check(option, path =>
            File.Exists(path) ? null : Directory.Exists(path) ? "is a folder: name a file" : "is not there");

    /// <summary>Takes files that can be made, or <c>-</c>.</summary>
    public static TOption FileToWrite<TOption>(TOption option)
        where TOption : Option => Check(option, path =>
            Directory.Exists(path) ? "is a folder: name a file"
            : Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder) ? $"cannot be written: there is no folder {folder}"
            : null);

    /// <summary>Takes folders, which need not be there yet.</summary>
    public static TOption Folder<TOption>(TOption option)
        where TOption : Option => Check(option, path => File.Exists(path) ? "cannot be used: it is a file. Name a folder" : null);

    private static TOption Check<TOption>(TOption option, Func<string, string?> errorOf)
        where TOption : Option
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !string.IsNullOrWhiteSpace(token.Value) && ErrorOf(token.Value) is { } error)
            {
                result.AddError($"{option.Name} {token.Value} {error}.");
            }
        });
        return option;

        string? ErrorOf(string path) => path.Contains('\0', StringComparison.Ordinal) ? "is no path" : errorOf(path);
    }
}
