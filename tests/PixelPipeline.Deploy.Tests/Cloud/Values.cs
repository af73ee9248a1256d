using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PixelPipeline.Deploy.Tests.Cloud;

/// <summary>What <c>--format=value(…)</c> and <c>--filter=…</c> do to the facts of a thing.</summary>
internal static partial class Values
{
    public static string Format(JsonObject thing, string? format)
    {
        var fields = Fields().Match(format ?? "") is { Success: true } match
            ? match.Groups[1].Value.Split(',')
            : throw new RefusedException($"the stand-in knows no format {format}");
        return string.Join('\t', fields.Select(f => Text(Find(thing, f)))) + "\n";
    }

    /// <summary><c>a.b=value AND c.d:*</c>, values with or without quotes.</summary>
    public static bool Matches(JsonObject thing, string filter) => filter.Split(" AND ").All(term =>
        term.EndsWith(":*", StringComparison.Ordinal)
            ? Find(thing, term[..^2]) is not null
            : Text(Find(thing, term[..term.IndexOf('=', StringComparison.Ordinal)]))
                == term[(term.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim('"'));

    private static JsonNode? Find(JsonNode? node, string path)
    {
        foreach (Match step in Steps().Matches(path))
        {
            node = step.Groups[3].Success
                ? (node as JsonObject)?[step.Groups[3].Value]
                : step.Groups[2].Success
                ? (node as JsonArray)?.ElementAtOrDefault(int.Parse(step.Groups[2].ValueSpan))
                : (node as JsonObject)?[step.Groups[1].Value];
        }

        return node;
    }

    private static string Text(JsonNode? node) => node?.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.True => "True",
        System.Text.Json.JsonValueKind.False => "False",
        System.Text.Json.JsonValueKind.Array => string.Join(';', node.AsArray().Select(Text)),
        null => "",
        _ => node.ToString(),
    };

    [GeneratedRegex(@"^value\((.*)\)$")]
    private static partial Regex Fields();

    [GeneratedRegex(@"([A-Za-z_]+)|\[(\d+)\]|\[""([^""]+)""\]")]
    private static partial Regex Steps();
}
