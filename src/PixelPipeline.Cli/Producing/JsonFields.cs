using System.Text.Json;

namespace PixelPipeline.Cli.Producing;

/// <summary>Takes fields of JSON objects: texts, numbers and booleans at the top.</summary>
/// <param name="names">Which; none for all.</param>
/// <param name="map">What they become.</param>
internal sealed class JsonFields(IReadOnlyCollection<string> names, FieldMap map)
{
    /// <summary>The event's fields; objects, arrays and nulls are left out.</summary>
    public Dictionary<string, string> Read(JsonElement json) =>
        map.Apply(json.EnumerateObject().Where(p => names.Count == 0 || names.Contains(p.Name)).Select(p => KeyValuePair.Create(p.Name, ToText(p.Value))));

    private static string ToText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => "",
    };
}
