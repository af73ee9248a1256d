using PixelPipeline.Cli.Logs;
using PixelPipeline.Cli.Targets;
using PixelPipeline.Compression;
using PixelPipeline.GoogleCloud.Storage;
using PixelPipeline.Local;
using PixelPipeline.Logs.Files;

namespace PixelPipeline.Cli.Replaying;

/// <summary>Finds the files that hold raw entries.</summary>
internal static class LakeFiles
{
    private const string Scheme = "gs://";

    /// <summary>Whether a text names a bucket, or something that is there.</summary>
    public static bool IsPlace(string lake) =>
        lake.StartsWith(Scheme, StringComparison.Ordinal) ? lake.Length > Scheme.Length : Path.Exists(lake) || lake.Contains('*', StringComparison.Ordinal);

    /// <summary>The files of a bucket (<c>gs://BUCKET/PREFIX</c>), of a folder, or of a local pipeline's data folder.</summary>
    /// <param name="lake">Bucket or folder; null for the data folder.</param>
    /// <param name="dataFolder">The local pipeline's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandException">There is no such folder.</exception>
    public static async Task<List<LogFile>> FindAsync(string? lake, string dataFolder, CancellationToken cancellationToken)
    {
        if (lake is not null)
        {
            return lake.StartsWith(Scheme, StringComparison.Ordinal)
                ? await FindObjectsAsync(lake[Scheme.Length..], cancellationToken)
                : LogInputs.Find([lake], recursive: true);
        }

        var data = new DataFolder(dataFolder);
        string[] folders = [.. ((string[])[data.Lake, data.AccessLog]).Where(Directory.Exists)];
        return folders.Length > 0
            ? [.. LogInputs.Find(folders, recursive: true).Where(f => f.Name.EndsWith(".jsonl", StringComparison.Ordinal))]
            : throw new CommandException($"There is no lake in {data.Root}: name the data folder with --data, or the lake with --lake.");
    }

    /// <summary>Bucket and prefix of <c>gs://BUCKET/PREFIX</c>; null for a path.</summary>
    public static (string Bucket, string Prefix)? BucketOf(string lake) =>
        lake.StartsWith(Scheme, StringComparison.Ordinal) ? Parts(lake[Scheme.Length..]) : null;

    private static (string Bucket, string Prefix) Parts(string path)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? (path, "") : (path[..slash], path[(slash + 1)..]);
    }

    private static CloudStorage Connect()
    {
        try
        {
            return GoogleCredentials.Require("--lake gs://…", CloudStorage.Create);
        }
        catch (FormatException e)
        {
            throw new CommandException(e.Message, e);
        }
    }

    private static async Task<List<LogFile>> FindObjectsAsync(string path, CancellationToken cancellationToken)
    {
        var (bucket, prefix) = Parts(path);
        var storage = Connect(); // in use as long as the files are: to the command's end
        var files = new List<LogFile>();
        await foreach (var found in storage.ListAsync(bucket, prefix, cancellationToken))
        {
            files.Add(new LogFile($"{Scheme}{bucket}/{found.Name}", found.Size, () => storage.OpenRead(bucket, found.Name), Compressions.All));
        }

        return files;
    }
}
