using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace PixelPipeline.LocalBigQuery.Api;

/// <summary>What dataset and table resources have in common.</summary>
internal static class ResourceJson
{
    // Of format int64 in the discovery document of the API.
    private static readonly FrozenSet<string> Int64Fields = FrozenSet.Create(
        StringComparer.Ordinal,
        "creationTime", "expirationTime", "expirationMs", "defaultTableExpirationMs", "defaultPartitionExpirationMs", "maxTimeTravelHours",
        "lastModifiedTime", "numBytes", "numRows", "numLongTermBytes", "maxLength", "precision", "scale", "start", "end", "interval",
        "jobTimeoutMs", "maximumBytesBilled", "skipLeadingRows", "refreshIntervalMs");

    /// <summary>A 64-bit number as Google's JSON has it: text.</summary>
    public static string Int64(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A stored resource as answers have it: its 64-bit numbers are text, however the client sent them.</summary>
    public static JsonObject Parse(string stored)
    {
        var resource = JsonNode.Parse(stored)!.AsObject();
        WriteInt64AsText(resource);
        return resource;
    }

    /// <summary>Makes text of the 64-bit numbers in it.</summary>
    public static void WriteInt64AsText(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray array:
                foreach (var item in array)
                {
                    WriteInt64AsText(item);
                }

                break;
            case JsonObject resource:
                foreach (var (name, value) in resource.ToList())
                {
                    if (value?.GetValueKind() == JsonValueKind.Number && Int64Fields.Contains(name))
                    {
                        resource[name] = value.GetValue<decimal>().ToString("0.#############################", CultureInfo.InvariantCulture);
                    }
                    else if (name != "labels")
                    {
                        WriteInt64AsText(value);
                    }
                }

                break;
        }
    }

    /// <summary>Changes whenever the stored resource does.</summary>
    public static string ETag(string resource, long modifiedMs) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"{modifiedMs}\n{resource}")).AsSpan(0, 15));

    /// <summary>Where the resource itself is, with the address by which the client reached us.</summary>
    public static string SelfLink(HttpContext context, string path) =>
        $"{context.Request.Scheme}://{context.Request.Host}/bigquery/v2/{path}";

    /// <summary>Refuses a change whose <c>If-Match</c> is not the resource as it is.</summary>
    /// <exception cref="ApiException">412.</exception>
    public static void RequireMatch(string? ifMatch, string etag)
    {
        if (!string.IsNullOrEmpty(ifMatch) && ifMatch != "*" && ifMatch.Trim('"') != etag)
        {
            throw ApiException.ConditionNotMet();
        }
    }

    /// <summary>Applies a JSON Merge Patch (RFC 7396): null removes, objects merge, anything else replaces.</summary>
    public static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
            {
                target.Remove(name);
            }
            else if (value is JsonObject inner && target[name] is JsonObject existing)
            {
                Merge(existing, inner);
            }
            else
            {
                target[name] = value.DeepClone();
            }
        }
    }
}
