using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace PixelPipeline.LocalBigQuery.Rest;

/// <summary>What dataset and table resources have in common.</summary>
internal static class ResourceJson
{
    /// <summary>A 64-bit number as Google's JSON has it: text.</summary>
    public static string Int64(long number) => number.ToString(CultureInfo.InvariantCulture);

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
