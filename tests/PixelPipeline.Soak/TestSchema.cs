using System.Text.Json.Nodes;

namespace PixelPipeline.Soak;

/// <summary>The schema of a fault run: the shipped one and a number.</summary>
internal static class TestSchema
{
    /// <summary>Writes the schema file for the function.</summary>
    public static void Write(string shippedSchema, string path)
    {
        var schema = JsonNode.Parse(File.ReadAllBytes(shippedSchema))!.AsArray();
        schema.Add(new JsonObject { ["name"] = "amount", ["type"] = "INTEGER" });
        File.WriteAllText(path, schema.ToJsonString());
    }
}
