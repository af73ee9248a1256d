using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Schemas;

namespace PixelPipeline.LocalBigQuery.Rest;

/// <summary>The query parameter <c>selectedFields</c>: the columns that a client wants, in the table's order; all when it is empty.</summary>
internal readonly record struct SelectedFields(ImmutableHashSet<string> Names)
{
    /// <summary>Takes it from the request.</summary>
    public static SelectedFields Of(HttpContext context) => new(
        context.Request.Query["selectedFields"].ToString()
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .ToImmutableHashSet(StringComparer.OrdinalIgnoreCase));

    /// <summary>The indices of the wanted columns.</summary>
    /// <exception cref="ApiException">400: the table has no such column.</exception>
    public ImmutableArray<int> Indices(TableSchema schema)
    {
        foreach (var name in Names)
        {
            RequireColumn(schema.TryFind(name, out _), name);
        }

        var names = Names;
        return [.. Enumerable.Range(0, schema.Columns.Length).Where(i => names.IsEmpty || names.Contains(schema.Columns[i].Name))];
    }

    /// <summary>The schema with the wanted fields only.</summary>
    public JsonObject Narrow(JsonObject schema)
    {
        var names = Names;
        var fields = SchemaFields.Of(schema).Where(field => names.IsEmpty || names.Contains((string)field["name"]!));
        return new JsonObject { ["fields"] = new JsonArray([.. fields.Select(field => field.DeepClone())]) };
    }

    private static void RequireColumn(bool exists, string name)
    {
        if (!exists)
        {
            throw ApiException.Invalid($"The table has no column {RequestJson.Short(name)}.", "selectedFields");
        }
    }
}
