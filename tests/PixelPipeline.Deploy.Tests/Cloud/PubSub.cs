using System.Text.Json.Nodes;

namespace PixelPipeline.Deploy.Tests.Cloud;

internal static class PubSub
{
    public static Answer Run(CloudState cloud, Call call, string[] words)
    {
        var name = words.Length > 3 ? words[3].Split('/')[^1] : "";
        var key = (words[1] == "topics" ? "topic/" : "subscription/") + name;
        switch (words[2])
        {
            case "create" when words[1] == "topics":
                cloud.Make(key, new JsonObject { ["name"] = $"projects/{call.Flag("project")}/topics/{name}" });
                return Answer.Done;
            case "create":
                return call.Flag("bigquery-table") is { } table ? Rows(cloud, call, key, name, table) : Archive(cloud, call, key, name);
            case "update":
                return Update(cloud, call, key);
            case "describe":
                return Gcloud.Show(cloud, call, key);
            case "list":
                return Gcloud.List(cloud, call, "subscription/");
            case "delete":
                return Gcloud.Delete(cloud, key);
            case "get-iam-policy":
                return Grants.Show(cloud, key);
            case "add-iam-policy-binding":
                return Grants.Add(cloud, key, call.Flag("role")!, call.Flag("member")!);
            default:
                throw Gcloud.Unknown(call);
        }
    }

    /// <summary>A subscription that writes to Cloud Storage: its bucket has to let Pub/Sub write and look.</summary>
    private static Answer Archive(CloudState cloud, Call call, string key, string name)
    {
        var bucket = "bucket/" + call.Flag("cloud-storage-bucket");
        var grants = cloud[bucket]["grants"]?.ToJsonString() ?? "";
        if (!grants.Contains("objectCreator", StringComparison.Ordinal) || !grants.Contains("legacyBucketReader", StringComparison.Ordinal))
        {
            throw new RefusedException("PERMISSION_DENIED: the Pub/Sub agent may not write to the bucket");
        }

        var topic = call.Flag("topic")!;
        cloud.Make(
            key,
            new JsonObject
            {
                ["name"] = $"projects/{call.Flag("project")}/subscriptions/{name}",
                ["topic"] = (string?)cloud["topic/" + topic]["name"],
                ["cloudStorageConfig"] = new JsonObject { ["bucket"] = call.Flag("cloud-storage-bucket") },
                ["flags"] = string.Join(' ', call.Words.Where(w => w.StartsWith("--", StringComparison.Ordinal))),
            },
            "topic/" + topic,
            bucket);
        return Answer.Done;
    }

    /// <summary>A subscription that writes to BigQuery: its table has to be there and let Pub/Sub write.</summary>
    private static Answer Rows(CloudState cloud, Call call, string key, string name, string table)
    {
        var path = table.Split(':')[1].Split('.');
        var tableKey = $"table/{path[0]}/{path[1]}";
        if (cloud[tableKey]["grants"]?.ToJsonString().Contains("gcp-sa-pubsub", StringComparison.Ordinal) != true)
        {
            throw new RefusedException("PERMISSION_DENIED: the Pub/Sub agent may not write to the table");
        }

        cloud.Make(
            key,
            new JsonObject
            {
                ["name"] = $"projects/{call.Flag("project")}/subscriptions/{name}",
                ["topic"] = (string?)cloud["topic/" + call.Flag("topic")]["name"],
                ["bigqueryConfig"] = new JsonObject { ["table"] = table.Replace(':', '.'), ["state"] = "ACTIVE" },
            },
            "topic/" + call.Flag("topic"),
            tableKey);
        return Update(cloud, call, key);
    }

    private static Answer Update(CloudState cloud, Call call, string key)
    {
        var topic = cloud["topic/" + call.Flag("dead-letter-topic")];
        var subscription = cloud[key];
        if (call.Flag("message-transforms-file") is { } file)
        {
            subscription["messageTransforms"] = JsonNode.Parse(call.ReadFile(file));
        }

        if (call.Flag("bigquery-table") is not null && call.Flag("ack-deadline") is null)
        {
            return Answer.Done; // an update of the transform: the rest stays
        }

        subscription["ackDeadlineSeconds"] = call.Flag("ack-deadline");
        subscription["messageRetentionDuration"] = call.Flag("message-retention-duration");
        subscription["deadLetterPolicy"] = new JsonObject
        {
            ["deadLetterTopic"] = (string?)topic["name"],
            ["maxDeliveryAttempts"] = call.Flag("max-delivery-attempts"),
        };
        subscription["retryPolicy"] = new JsonObject
        {
            ["minimumBackoff"] = call.Flag("min-retry-delay"),
            ["maximumBackoff"] = call.Flag("max-retry-delay"),
        };
        return Answer.Done;
    }
}
