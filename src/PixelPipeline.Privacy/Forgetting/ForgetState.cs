using System.Text.Json;
using PixelPipeline.Files;
using PixelPipeline.Privacy.Places;

namespace PixelPipeline.Privacy.Forgetting;

/// <summary>
/// An erasure on the disk: what was found where, and which lines are being overwritten. It outlives a run that ends in whatever
/// way, is named by the person's hash, and holds no user id.
/// </summary>
public sealed class ForgetState : IBlankingJournal
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly string _path;
    private readonly Saved _saved;

    private ForgetState(string path, Saved saved) => (_path, _saved) = (path, saved);

    /// <summary>When the erasure was begun, UTC.</summary>
    public DateTime Begun => _saved.Begun;

    /// <summary>Goes on with an erasure, or begins one.</summary>
    /// <param name="folder">Where states are kept.</param>
    /// <param name="reference">The person's: hexadecimal digits.</param>
    /// <param name="now">When it is begun, UTC.</param>
    /// <exception cref="InvalidDataException">The file was changed by something else.</exception>
    public static ForgetState Load(string folder, string reference, DateTime now)
    {
        var path = Path.Combine(folder, reference + ".json");
        try
        {
            return new ForgetState(path, File.Exists(path) ? JsonSerializer.Deserialize<Saved>(File.ReadAllBytes(path), Json) ?? throw new JsonException("It holds null.") : new Saved { Begun = now });
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is not the state of an erasure: remove it, and the erasure begins anew.", e);
        }
    }

    /// <summary>Finishes the lines that a run which was killed had begun to overwrite.</summary>
    public void FinishBlanking()
    {
        if (_saved.Blanking is { } begun)
        {
            SegmentFiles.Blank(begun);
            Finish();
        }
    }

    /// <summary>What is known of a place.</summary>
    public PlaceProgress Of(Place place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return _saved.Places.TryGetValue(place.Name, out var progress) ? progress : _saved.Places[place.Name] = new PlaceProgress();
    }

    /// <summary>Brings it to the disk.</summary>
    public void Save()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        DurableFile.Replace(_path, JsonSerializer.SerializeToUtf8Bytes(_saved, Json), isPrivate: true);
    }

    /// <summary>The erasure is done.</summary>
    public void Remove() => File.Delete(_path);

    /// <inheritdoc/>
    public void Begin(BlankedRanges ranges)
    {
        _saved.Blanking = ranges;
        Save();
    }

    /// <inheritdoc/>
    public void Finish()
    {
        _saved.Blanking = null;
        Save();
    }

    private sealed class Saved
    {
        public DateTime Begun { get; set; }

        public BlankedRanges? Blanking { get; set; }

        public Dictionary<string, PlaceProgress> Places { get; set; } = [];
    }
}
