using System.Globalization;
using System.Text.Json.Nodes;

namespace PixelPipeline.Local.Storage;

/// <summary>
/// An object as Cloud Storage describes it, in its answers and in the data of its events
/// (<see href="https://cloud.google.com/storage/docs/json_api/v1/objects#resource"/>). A folder keeps no content type, no
/// checksum and no time of creation: the first is always the same, the second is left out, the last is when it was written.
/// </summary>
internal static class ObjectResource
{
    public const string ContentType = "application/octet-stream";

    /// <summary>The same object gives the same text each time.</summary>
    public static JsonObject Of(string bucket, BucketObject found)
    {
        var generation = found.Generation.ToString(CultureInfo.InvariantCulture);
        return new JsonObject
        {
            ["kind"] = "storage#object",
            ["id"] = $"{bucket}/{found.Name}/{generation}",
            ["name"] = found.Name.Text,
            ["bucket"] = bucket,
            ["generation"] = generation,
            ["metageneration"] = "1",
            ["contentType"] = ContentType,
            ["storageClass"] = "STANDARD",
            ["size"] = found.Size.ToString(CultureInfo.InvariantCulture),
            ["timeCreated"] = Time(found.Updated),
            ["updated"] = Time(found.Updated),
        };
    }

    /// <summary>RFC 3339 in milliseconds, as <c>2026-11-20T11:12:28.408Z</c>.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
