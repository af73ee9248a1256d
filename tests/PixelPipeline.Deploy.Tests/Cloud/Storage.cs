using System.Text.Json.Nodes;

namespace PixelPipeline.Deploy.Tests.Cloud;

internal static class Storage
{
    public static Answer Run(CloudState cloud, Call call, string[] words)
    {
        var path = words[^1]["gs://".Length..];
        switch (string.Join(' ', words[1..^1]))
        {
            case "buckets create":
                cloud.Make("bucket/" + path, new JsonObject
                {
                    ["name"] = path,
                    ["private"] = call.Flag("public-access-prevention") is not null,
                    ["soft_delete_policy"] = SoftDelete(call.Flag("soft-delete-duration") ?? "604800"),
                });
                return Answer.Done;
            case "buckets update":
                var bucket = cloud["bucket/" + path];
                foreach (var config in new[] { "lifecycle", "cors" }.Where(c => call.Flag($"{c}-file") is not null))
                {
                    bucket[$"{config}_config"] = JsonNode.Parse(call.ReadFile(call.Flag($"{config}-file")!));
                }

                if (call.Flag("soft-delete-duration") is { } seconds)
                {
                    bucket["soft_delete_policy"] = SoftDelete(seconds);
                }

                return Answer.Done;
            case "buckets describe":
                return Gcloud.Show(cloud, call, "bucket/" + path);
            case "buckets get-iam-policy":
                return Grants.Show(cloud, "bucket/" + path);
            case "buckets add-iam-policy-binding":
                RequirePublicBucket(cloud, call, path);
                return Grants.Add(cloud, "bucket/" + path, call.Flag("role")!, call.Flag("member")!);
            case "objects describe":
                return Gcloud.Show(cloud, call, "object/" + path);
            case "rm":
                return RemoveWithBucket(cloud, path);
            case var copy when copy.StartsWith("cp ", StringComparison.Ordinal):
                return Copy(cloud, call, words[2], path);
            default:
                throw Gcloud.Unknown(call);
        }
    }

    private static JsonObject SoftDelete(string seconds) => new() { ["retentionDurationSeconds"] = seconds };

    private static void RequirePublicBucket(CloudState cloud, Call call, string bucket)
    {
        if (call.Flag("member") == "allUsers" && (bool)cloud["bucket/" + bucket]["private"]!)
        {
            throw new RefusedException("public access prevention is on");
        }
    }

    private static Answer Copy(CloudState cloud, Call call, string source, string path)
    {
        _ = call.ReadFile(source);
        _ = cloud["bucket/" + path.Split('/')[0]];
        var key = "object/" + path;
        if (!cloud.Has(key))
        {
            cloud.Made.Add(key);
        }

        cloud.Put(key, new JsonObject
        {
            ["cache_control"] = call.Flag("cache-control"),
            ["content_type"] = call.Flag("content-type"),
        });
        return Answer.Done;
    }

    private static Answer RemoveWithBucket(CloudState cloud, string bucket)
    {
        _ = cloud["bucket/" + bucket];
        foreach (var key in cloud.Keys.Where(k => k.StartsWith($"object/{bucket}/", StringComparison.Ordinal)).ToArray())
        {
            cloud.Delete(key);
        }

        return Gcloud.Delete(cloud, "bucket/" + bucket);
    }
}
