using System.Text.Json;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Catalog;

/// <summary>A column of a stored table; its place in the schema is its place in the stored rows.</summary>
internal readonly record struct TableColumn(string Name, SqlType? Type, string TypeName, bool IsRequired)
{
    /// <summary>The columns of a REST Table resource, in the order of its schema.</summary>
    public static IReadOnlyList<TableColumn> ReadSchema(JsonElement resource) =>
        resource.TryGetProperty("schema", out var schema) && schema.TryGetProperty("fields", out var fields)
            ? [.. fields.EnumerateArray().Select(Read)]
            : [];

    private static TableColumn Read(JsonElement field)
    {
        var type = field.GetProperty("type").GetString()!.ToUpperInvariant();
        var repeated = field.TryGetProperty("mode", out var mode) && mode.ValueKind == JsonValueKind.String && mode.GetString() == "REPEATED";
        return new TableColumn(field.GetProperty("name").GetString()!, repeated ? null : SqlTypes.Parse(type), repeated ? $"ARRAY<{type}>" : type, mode.ValueKind == JsonValueKind.String && mode.GetString() == "REQUIRED");
    }
}
