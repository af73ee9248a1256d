using System.Text.Json;
using PixelPipeline.Files;

namespace PixelPipeline.Local.Storage;

/// <summary>
/// What is durable about the log drop: which objects the function has acknowledged, by name, size and time. Everything
/// else is still to be delivered, so losing the newest of it delivers something twice and never loses anything.
/// </summary>
internal sealed class DeliveredObjects
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly string _file;
    private readonly string _folder;
    private readonly Dictionary<string, DeliveredObject> _objects;
    private bool _isChanged;

    private DeliveredObjects(string file, string folder, IEnumerable<DeliveredObject> objects)
    {
        _file = file;
        _folder = folder;
        _objects = objects.DistinctBy(o => o.Name).ToDictionary(o => o.Name);
    }

    /// <summary>Reads the state; nothing is delivered where none was saved, or one of another folder.</summary>
    /// <param name="file">The file that keeps it; to save, the data folder must be locked by this process.</param>
    /// <param name="folder">The absolute path of the folder that the objects are in.</param>
    /// <exception cref="InvalidDataException">The file was changed by something else.</exception>
    public static DeliveredObjects Load(string file, string folder)
    {
        if (!File.Exists(file))
        {
            return new DeliveredObjects(file, folder, []);
        }

        try
        {
            var saved = JsonSerializer.Deserialize<SavedState>(File.ReadAllBytes(file), Json) ?? throw new JsonException("The file holds null.");
            return new DeliveredObjects(file, folder, saved.Folder == folder ? saved.Delivered : []);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{file} is not the state of a log drop. Without it, everything in {folder} is delivered again.", e);
        }
    }

    /// <summary>Whether this content of this object was acknowledged.</summary>
    public bool Contains(BucketObject found) => _objects.TryGetValue(found.Name.Text, out var delivered) && delivered == DeliveredObject.Of(found);

    /// <summary>Notes that this content was acknowledged, in place of an older one.</summary>
    public void Add(BucketObject acknowledged)
    {
        _objects[acknowledged.Name.Text] = DeliveredObject.Of(acknowledged);
        _isChanged = true;
    }

    /// <summary>Forgets objects that are gone: if they come back, they have landed anew.</summary>
    /// <param name="there">The names of those that are not.</param>
    public void KeepOnly(IReadOnlySet<string> there)
    {
        foreach (var gone in _objects.Keys.Where(name => !there.Contains(name)))
        {
            _objects.Remove(gone); // which a dictionary permits while it is enumerated
            _isChanged = true;
        }
    }

    /// <summary>Brings to the disk what changed since.</summary>
    /// <exception cref="IOException">What was saved before stays; the next call tries again.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public void Save()
    {
        if (_isChanged)
        {
            DurableFile.Replace(_file, JsonSerializer.SerializeToUtf8Bytes(new SavedState(_folder, [.. _objects.Values]), Json));
            _isChanged = false;
        }
    }

    private sealed record SavedState(string Folder, IReadOnlyList<DeliveredObject> Delivered);

    private sealed record DeliveredObject(string Name, long Size, DateTimeOffset Updated)
    {
        public static DeliveredObject Of(BucketObject found) => new(found.Name.Text, found.Size, found.Updated);
    }
}
