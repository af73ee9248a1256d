using System.CommandLine;

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

    /// <summary>An option that takes <c>name=value</c> pairs, as often as it is given.</summary>
    public static Option<string[]> Option(string name, string description, string helpName)
    {
        var option = new Option<string[]>(name) { Description = description, HelpName = helpName, DefaultValueFactory = _ => [] };
        option.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(t => t.Value.IndexOf('=', StringComparison.Ordinal) <= 0) is { } wrong)
            {
                result.AddError($"{name} {wrong.Value} is not {helpName}.");
            }
        });
        return option;
    }

    /// <summary>Reads the pairs of such an option; the last of a name counts.</summary>
    public static Dictionary<string, string> ReadPairs(IEnumerable<string> pairs)
    {
        var read = new Dictionary<string, string>();
        foreach (var pair in pairs)
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            read[pair[..equals]] = pair[(equals + 1)..];
        }

        return read;
    }
}
