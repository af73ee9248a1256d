using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using PixelPipeline.LocalBigQuery.Api;

namespace PixelPipeline.LocalBigQuery.Rest;

/// <summary>
/// The Dataset resource (https://cloud.google.com/bigquery/docs/reference/rest/v2/datasets#Dataset): what a client
/// set is stored as it came, the rest is computed for each answer.
/// </summary>
internal static class DatasetResource
{
    private static readonly string[] Computed = ["kind", "etag", "id", "selfLink", "datasetReference", "creationTime", "lastModifiedTime", "type"];

    /// <summary>What is stored of a new dataset.</summary>
    public static string New(JsonObject body, long nowMs)
    {
        var stored = Settable(body);
        stored["location"] ??= "US";
        stored["creationTime"] = ResourceJson.Int64(nowMs);
        stored["lastModifiedTime"] = ResourceJson.Int64(nowMs);
        return stored.ToJsonString();
    }

    /// <summary>What is stored after a change.</summary>
    public static string Patch(string current, JsonObject body, long nowMs)
    {
        var stored = JsonNode.Parse(current)!.AsObject();
        ResourceJson.Merge(stored, Settable(body));
        stored["lastModifiedTime"] = ResourceJson.Int64(nowMs);
        return stored.ToJsonString();
    }

    /// <summary>The whole resource.</summary>
    public static JsonObject Full(HttpContext context, DatasetAddress address, string stored)
    {
        var full = Summary(address, stored);
        full["etag"] = ResourceJson.ETag(stored, 0);
        full["selfLink"] = ResourceJson.SelfLink(context, $"projects/{address.ProjectId}/datasets/{address.DatasetId}");
        full["type"] = "DEFAULT";
        foreach (var (name, value) in ResourceJson.Parse(stored))
        {
            full[name] = value?.DeepClone();
        }

        return full;
    }

    /// <summary>What a list has of it.</summary>
    public static JsonObject Summary(DatasetAddress address, string stored)
    {
        var resource = ResourceJson.Parse(stored);
        var summary = new JsonObject
        {
            ["kind"] = "bigquery#dataset",
            ["id"] = address.ToString(),
            ["datasetReference"] = new JsonObject { ["projectId"] = address.ProjectId, ["datasetId"] = address.DatasetId },
        };
        foreach (var name in (string[])["location", "friendlyName", "labels"])
        {
            if (resource[name] is { } value)
            {
                summary[name] = value.DeepClone();
            }
        }

        return summary;
    }

    private static JsonObject Settable(JsonObject body)
    {
        var settable = body.DeepClone().AsObject();
        Array.ForEach(Computed, name => settable.Remove(name));
        return settable;
    }
}
