using System.Text.Json.Nodes;
using PixelPipeline.LocalBigQuery.Sql;
using PixelPipeline.LocalBigQuery.Sql.Types;
using PixelPipeline.LocalBigQuery.Tables;

namespace PixelPipeline.LocalBigQuery.Queries;

/// <summary>A query's columns as a table's schema.</summary>
internal static class QuerySchema
{
    /// <summary>The schema, whose columns are NULLABLE, or REPEATED where they are arrays.</summary>
    public static JsonObject Of(IReadOnlyList<QueryColumn> columns) => new()
    {
        ["fields"] = new JsonArray([.. columns.Select(c => Field(c.Name, c.Type))]),
    };

    /// <summary>A table of these columns.</summary>
    /// <exception cref="Api.ApiException">400: a column's type is none that tables have.</exception>
    public static TableDefinition Definition(IReadOnlyList<QueryColumn> columns) => TableDefinition.New(new JsonObject { ["schema"] = Of(columns) });

    private static JsonObject Field(string name, DataType type)
    {
        var element = type.IsArray ? type.Element! : type;
        var field = new JsonObject
        {
            ["name"] = name,
            ["type"] = element.IsStruct ? "RECORD" : element.Kind.WireName(),
            ["mode"] = type.IsArray ? "REPEATED" : "NULLABLE",
        };
        if (element.IsStruct)
        {
            field["fields"] = new JsonArray([.. element.Fields.Select((f, i) => Field(f.Name ?? $"_field_{i + 1}", f.Type))]);
        }

        return field;
    }
}
