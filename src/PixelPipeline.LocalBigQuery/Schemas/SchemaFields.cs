using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PixelPipeline.LocalBigQuery.Api;

namespace PixelPipeline.LocalBigQuery.Schemas;

/// <summary>
/// Checks the <c>schema</c> that a client sends (https://cloud.google.com/bigquery/docs/reference/rest/v2/tables#TableFieldSchema)
/// and brings its type names and modes to the spelling of answers.
/// </summary>
internal static partial class SchemaFields
{
    private const int MaximumColumns = 10_000;

    private static readonly string[] NotOffered = ["fields", "maxLength", "precision", "scale", "defaultValueExpression", "policyTags"];

    private static readonly string[] ReservedPrefixes =
        ["_TABLE_", "_FILE_", "_PARTITION", "_ROW_TIMESTAMP", "__ROOT__", "_COLIDENTIFIER"];

    /// <summary>The fields of a schema that was checked before; none when there is no schema.</summary>
    public static IEnumerable<JsonObject> Of(JsonNode? schema) =>
        (schema?["fields"] as JsonArray)?.OfType<JsonObject>() ?? [];

    /// <summary>The schema in the form in which it is stored.</summary>
    /// <exception cref="ApiException">It is no schema, or has what is not offered.</exception>
    public static JsonObject Check(JsonNode schema)
    {
        if (schema is not JsonObject || schema["fields"] is not (null or JsonArray))
        {
            throw ApiException.Invalid("The schema has to be an object with an array of fields.", "schema");
        }

        var fields = (schema["fields"] as JsonArray ?? []).Select(CheckField).ToArray();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var repeated = fields.Select(field => (string)field["name"]!).FirstOrDefault(name => !names.Add(name));
        if (repeated is not null)
        {
            throw ApiException.Invalid($"Duplicate field name: {repeated}.", repeated);
        }

        return fields.Length <= MaximumColumns
            ? new JsonObject { ["fields"] = new JsonArray([.. fields]) }
            : throw ApiException.Invalid($"Too many columns: at most {MaximumColumns} are allowed.", "schema");
    }

    private static JsonObject CheckField(JsonNode? node)
    {
        var field = node as JsonObject ?? throw ApiException.Invalid("A field of the schema has to be an object.", "schema");
        var name = RequestJson.Of(field, "name");
        if (name is null || !ColumnName().IsMatch(name) || ReservedPrefixes.Any(p => name.StartsWith(p, StringComparison.OrdinalIgnoreCase)))
        {
            throw ApiException.Invalid(
                "Invalid field name. Fields must contain only letters, numbers, and underscores, start with a letter or "
                + "underscore, have no reserved prefix, and be at most 300 characters long.",
                "schema");
        }

        var unsupported = NotOffered.FirstOrDefault(property => field[property] is JsonNode value && value is not JsonArray { Count: 0 });
        if (unsupported is not null)
        {
            throw ApiException.Invalid($"Field {name}: the local BigQuery does not offer {unsupported}.", name);
        }

        var normal = (JsonObject)field.DeepClone();
        normal["type"] = CheckType(name, RequestJson.Of(field, "type"));
        if (field["mode"] is not null)
        {
            normal["mode"] = CheckMode(name, RequestJson.Of(field, "mode"));
        }

        return normal;
    }

    private static string CheckType(string name, string? type) =>
        type is not null && FieldTypeNames.TryParse(type, out var known)
            ? FieldTypeNames.Of(known)
            : throw ApiException.Invalid(
                $"Field {name}: the local BigQuery offers the types {string.Join(", ", Enum.GetValues<FieldType>().Select(FieldTypeNames.Of))} only.",
                name);

    private static string CheckMode(string name, string? mode) => mode?.ToUpperInvariant() switch
    {
        "REQUIRED" => "REQUIRED",
        "NULLABLE" => "NULLABLE",
        _ => throw ApiException.Invalid($"Field {name}: the local BigQuery offers the modes NULLABLE and REQUIRED only.", name),
    };

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]{0,299}\\z")]
    private static partial Regex ColumnName();
}
