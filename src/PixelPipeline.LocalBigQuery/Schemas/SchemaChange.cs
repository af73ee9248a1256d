using System.Text.Json.Nodes;
using PixelPipeline.LocalBigQuery.Api;

namespace PixelPipeline.LocalBigQuery.Schemas;

/// <summary>
/// What a table's schema may become: columns may be added at the end and REQUIRED may be relaxed
/// (https://cloud.google.com/bigquery/docs/managing-table-schemas). Stored rows stay valid that way.
/// </summary>
internal static class SchemaChange
{
    /// <summary>The new schema, existing columns first and in their stored order, new ones after them.</summary>
    /// <exception cref="ApiException">It drops a column, changes a type, tightens a mode or adds a REQUIRED column.</exception>
    public static JsonObject Apply(object table, JsonNode? current, JsonNode wanted)
    {
        var checkedFields = SchemaFields.Of(SchemaFields.Check(wanted)).ToList();
        var added = checkedFields.ToDictionary(field => (string)field["name"]!, StringComparer.OrdinalIgnoreCase);
        var fields = new JsonArray();
        foreach (var before in SchemaFields.Of(current))
        {
            var name = (string)before["name"]!;
            if (!added.Remove(name, out var after))
            {
                throw Mismatch(table, $"Field {name} is missing in new schema");
            }

            CheckKept(table, name, before, after);
            fields.Add((JsonNode)after.DeepClone());
        }

        foreach (var field in checkedFields.Where(field => added.ContainsKey((string)field["name"]!)))
        {
            fields.Add((JsonNode)CheckAdded(table, field).DeepClone());
        }

        return new JsonObject { ["fields"] = fields };
    }

    private static void CheckKept(object table, string name, JsonObject before, JsonObject after)
    {
        var (oldType, newType) = ((string)before["type"]!, (string)after["type"]!);
        if (oldType != newType)
        {
            throw Mismatch(table, $"Field {name} has changed type from {oldType} to {newType}");
        }

        if (IsRequired(after) && !IsRequired(before))
        {
            throw Mismatch(table, $"Field {name} has changed mode from NULLABLE to REQUIRED");
        }
    }

    private static JsonObject CheckAdded(object table, JsonObject field) => IsRequired(field)
        ? throw Mismatch(table, $"Cannot add required fields to an existing schema. (field: {field["name"]})")
        : field;

    private static bool IsRequired(JsonObject field) => (string?)field["mode"] == "REQUIRED";

    private static ApiException Mismatch(object table, string what) =>
        ApiException.Invalid($"Provided Schema does not match Table {table}. {what}");
}
