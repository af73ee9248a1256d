using System.Text.Json.Nodes;
using PixelPipeline.LocalBigQuery.Sql;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Queries;

/// <summary>A query's columns as a table's schema.</summary>
internal static class QuerySchema
{
    /// <summary>The schema, whose columns are all NULLABLE.</summary>
    public static JsonObject Of(IReadOnlyList<QueryColumn> columns) => new()
    {
        ["fields"] = new JsonArray([.. columns.Select(c => new JsonObject { ["name"] = c.Name, ["type"] = c.Type.WireName(), ["mode"] = "NULLABLE" })]),
    };
}
