using System.Collections.Concurrent;
using System.IO.Enumeration;
using Microsoft.Extensions.Logging;

namespace PixelPipeline.Local.Storage;

/// <summary>
/// A folder that plays a bucket: each file in it is an object of the file's path. Links are not followed, and names that
/// begin with a dot are left alone. Safe for concurrent use.
/// </summary>
internal sealed class BucketFolder
{
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.Hidden, // on Unix, what begins with a dot
    };

    private readonly ConcurrentDictionary<string, bool> _strangers = new();
    private readonly UploadFolder _uploads;
    private readonly ILogger _log;

    /// <summary>Takes a folder.</summary>
    /// <param name="root">The absolute path of an existing folder.</param>
    /// <param name="bucket">The bucket's name.</param>
    /// <param name="log">Told, once each, of files that cannot be objects.</param>
    public BucketFolder(string root, string bucket, ILogger log)
    {
        Root = root;
        Bucket = bucket;
        _log = log;
        _uploads = new UploadFolder(root);
    }

    /// <summary>The folder's absolute path.</summary>
    public string Root { get; }

    /// <summary>The bucket's name.</summary>
    public string Bucket { get; }

    /// <summary>All objects, in no order, read while they are enumerated.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public IEnumerable<BucketObject> Objects()
    {
        foreach (var path in Paths())
        {
            var name = Path.GetRelativePath(Root, path).Replace(Path.DirectorySeparatorChar, '/');
            if (ObjectName.TryParse(name, out var parsed) && !IsLink(path))
            {
                if (Describe(parsed, path) is { } found) // else it went away just now
                {
                    yield return found;
                }
            }
            else if (_strangers.TryAdd(path, true))
            {
                _log.LogWarning("{Path} is left alone: it is a link, or its name can be no object's", path);
            }
        }
    }

    /// <summary>An object as it is now; null where there is none of the name.</summary>
    public BucketObject? Find(ObjectName name)
    {
        var path = name.PathIn(Root);
        return LeadsThroughLink(path) ? null : Describe(name, path);
    }

    /// <summary>Opens an object's content; null where there is none of the name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="found">What it was when it was opened.</param>
    public Stream? OpenRead(ObjectName name, out BucketObject? found)
    {
        found = Find(name);
        if (found is null or { Size: 0 })
        {
            return found is null ? null : Stream.Null; // it may be a pipe, whose opening waits for somebody who writes
        }

        return new FileStream(name.PathIn(Root), new FileStreamOptions
        {
            Share = FileShare.ReadWrite | FileShare.Delete,
            Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
            BufferSize = 0,
        });
    }

    /// <summary>Writes an object, in place of one of the same name, once all of its content has arrived.</summary>
    /// <exception cref="StorageException">The name leads through a link, or through an object as if it were a folder.</exception>
    /// <exception cref="IOException">The object is as it was.</exception>
    public async Task<BucketObject> WriteAsync(ObjectName name, Stream content, CancellationToken cancellationToken)
    {
        var path = name.PathIn(Root);
        var folder = Path.GetDirectoryName(path)!;
        if (LeadsThroughLink(folder) || Directory.Exists(path) || LeadsThroughFile(folder))
        {
            throw StorageException.Conflict(name);
        }

        await _uploads.WriteAsync(path, content, cancellationToken);
        return Find(name) ?? throw new IOException("The object was removed as soon as it was written.");
    }

    private FileSystemEnumerable<string> Paths() => new(Root, (ref FileSystemEntry entry) => entry.ToFullPath(), Everything)
    {
        ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory || IsLink(ref entry),
        ShouldRecursePredicate = (ref FileSystemEntry entry) => !IsLink(ref entry),
    };

    private static bool IsLink(ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) != 0;

    private static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    private static BucketObject? Describe(ObjectName name, string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new BucketObject(name, file.Length, file.LastWriteTimeUtc) : null;
    }

    private bool LeadsThroughLink(string path) => Upwards(path).Any(IsLink);

    private bool LeadsThroughFile(string path) => Upwards(path).Any(File.Exists);

    /// <summary>A path and the folders above it, as far as the root, which may be a link itself.</summary>
    private IEnumerable<string> Upwards(string path)
    {
        for (var part = path; part.Length > Root.Length; part = Path.GetDirectoryName(part)!)
        {
            yield return part;
        }
    }
}
