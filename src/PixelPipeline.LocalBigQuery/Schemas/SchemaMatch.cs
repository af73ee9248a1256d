using System.Text.Json.Nodes;
using PixelPipeline.LocalBigQuery.Api;

namespace PixelPipeline.LocalBigQuery.Schemas;

/// <summary>Whether the schema that comes with a load is that of the table that it appends to.</summary>
internal static class SchemaMatch
{
    /// <summary>The load may leave columns out that are not REQUIRED; what it names has to be as the table has it.</summary>
    /// <exception cref="ApiException">400: a column is missing, new, or has another type or mode.</exception>
    public static void Require(object table, JsonNode? current, JsonNode? loaded)
    {
        var columns = SchemaFields.Of(current).ToDictionary(field => (string)field["name"]!, StringComparer.OrdinalIgnoreCase);
        foreach (var field in SchemaFields.Of(loaded))
        {
            var name = (string)field["name"]!;
            if (!columns.Remove(name, out var column))
            {
                throw Mismatch(table, $"Cannot add fields (field: {name})");
            }

            RequireSame(table, name, "type", (string)column["type"]!, (string)field["type"]!);
            RequireSame(table, name, "mode", Mode(column), Mode(field));
        }

        if (columns.Values.FirstOrDefault(column => Mode(column) == "REQUIRED") is { } missing)
        {
            throw Mismatch(table, $"Field {missing["name"]} is missing in new schema");
        }
    }

    private static void RequireSame(object table, string name, string what, string current, string loaded)
    {
        if (current != loaded)
        {
            throw Mismatch(table, $"Field {name} has changed {what} from {current} to {loaded}");
        }
    }

    private static string Mode(JsonObject field) => (string?)field["mode"] ?? "NULLABLE";

    private static ApiException Mismatch(object table, string what) =>
        ApiException.Invalid($"Provided Schema does not match Table {table}. {what}");
}
