using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Storage;

namespace PixelPipeline.LocalBigQuery.Rest;

/// <summary>
/// The Table resource of answers (https://cloud.google.com/bigquery/docs/reference/rest/v2/tables#Table): what is
/// stored and what is computed. A view has no stored schema: its columns follow from its query.
/// </summary>
internal static class TableResource
{
    private static readonly string[] Listed = ["friendlyName", "labels", "timePartitioning", "clustering", "expirationTime"];

    /// <summary>Changes whenever the stored resource does.</summary>
    public static string ETag(StoredTable table) => ResourceJson.ETag(table.Resource, table.ModifiedMs);

    /// <summary>The whole resource.</summary>
    /// <param name="context">Its query may narrow the schema with <c>selectedFields</c>.</param>
    /// <param name="address">As the client asked.</param>
    /// <param name="table">As it is stored.</param>
    /// <param name="rows">How many it has.</param>
    /// <param name="bytes">How large they are.</param>
    public static JsonObject Full(HttpContext context, TableAddress address, StoredTable table, long rows, long bytes)
    {
        var full = Common(address, table);
        full["etag"] = ETag(table);
        full["selfLink"] = ResourceJson.SelfLink(
            context, $"projects/{address.Dataset.ProjectId}/datasets/{address.Dataset.DatasetId}/tables/{address.TableId}");
        full["lastModifiedTime"] = ResourceJson.Int64(table.ModifiedMs);
        full["numRows"] = ResourceJson.Int64(rows);
        full["numBytes"] = ResourceJson.Int64(bytes);
        full["numLongTermBytes"] = "0";
        full["location"] = "US";
        foreach (var (name, value) in ResourceJson.Parse(table.Resource))
        {
            full[name] = value?.DeepClone();
        }

        if (full["schema"] is JsonObject schema)
        {
            full["schema"] = SelectedFields.Of(context).Narrow(schema);
        }

        return full;
    }

    /// <summary>What a list has of it.</summary>
    public static JsonObject Summary(TableAddress address, StoredTable table)
    {
        var summary = Common(address, table);
        var stored = ResourceJson.Parse(table.Resource);
        foreach (var name in Listed.Where(name => stored[name] is not null))
        {
            summary[name] = stored[name]!.DeepClone();
        }

        if (table.Kind == TableKinds.View)
        {
            summary["view"] = new JsonObject { ["useLegacySql"] = false };
        }

        return summary;
    }

    private static JsonObject Common(TableAddress address, StoredTable table) => new()
    {
        ["kind"] = "bigquery#table",
        ["id"] = address.ToString(),
        ["tableReference"] = new JsonObject
        {
            ["projectId"] = address.Dataset.ProjectId,
            ["datasetId"] = address.Dataset.DatasetId,
            ["tableId"] = address.TableId,
        },
        ["type"] = table.Kind,
        ["creationTime"] = ResourceJson.Int64(table.CreatedMs),
    };
}
