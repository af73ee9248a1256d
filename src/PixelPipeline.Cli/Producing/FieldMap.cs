namespace PixelPipeline.Cli.Producing;

/// <summary>How a source's fields become an event's: renamed, with constants beside them; empty values are left out.</summary>
/// <param name="Renames">By the source's name; one that is not here keeps its name.</param>
/// <param name="Constants">Over what the source has.</param>
internal sealed record FieldMap(IReadOnlyDictionary<string, string> Renames, IReadOnlyDictionary<string, string> Constants)
{
    /// <summary>The event's fields.</summary>
    public Dictionary<string, string> Apply(IEnumerable<KeyValuePair<string, string>> source)
    {
        var fields = new Dictionary<string, string>();
        foreach (var (name, value) in source.Where(f => f.Value.Length > 0))
        {
            fields[Renames.GetValueOrDefault(name, name)] = value;
        }

        foreach (var (name, value) in Constants)
        {
            fields[name] = value;
        }

        return fields;
    }

    /// <summary>Reads <c>name=value</c> pairs.</summary>
    /// <exception cref="CommandException">One has no <c>=</c> or no name.</exception>
    public static Dictionary<string, string> ReadPairs(string option, IEnumerable<string> pairs)
    {
        var read = new Dictionary<string, string>();
        foreach (var pair in pairs)
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            read[equals > 0 ? pair[..equals] : throw new CommandException($"{option} {pair} is not NAME=VALUE.")] = pair[(equals + 1)..];
        }

        return read;
    }
}
