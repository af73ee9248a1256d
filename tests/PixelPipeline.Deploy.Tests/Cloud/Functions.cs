using System.Text.Json.Nodes;

namespace PixelPipeline.Deploy.Tests.Cloud;

/// <summary>Functions, the Cloud Run services that they are, and the subscriptions that Eventarc makes for them.</summary>
internal static class Functions
{
    public static Answer Run(CloudState cloud, Call call, string[] words)
    {
        var name = words[^1];
        switch (words[^2])
        {
            case "describe":
                return Gcloud.Show(cloud, call, "function/" + name);
            case "get-iam-policy":
                return Grants.Show(cloud, "run/" + name);
            case "add-invoker-policy-binding":
                return Grants.Add(cloud, "run/" + name, "roles/run.invoker", call.Flag("member")!);
            case "deploy":
                return Deploy(cloud, call, name);
            case "delete":
                DeleteTrigger(cloud, name);
                cloud.Delete("run/" + name);
                return Gcloud.Delete(cloud, "function/" + name);
            default:
                throw Gcloud.Unknown(call);
        }
    }

    private static Answer Deploy(CloudState cloud, Call call, string name)
    {
        string[] accounts = [.. new[] { "service-account", "trigger-service-account" }
            .Select(call.Flag).OfType<string>().Select(a => "account/" + a)];
        foreach (var account in accounts)
        {
            _ = cloud[account];
        }

        var isNew = !cloud.Has("function/" + name);
        if (isNew)
        {
            cloud.Make("function/" + name, [], accounts);
            cloud.Make("run/" + name, []);
        }

        var function = cloud["function/" + name];
        function["name"] = $"projects/{call.Flag("project")}/locations/{call.Flag("region")}/functions/{name}";
        function["state"] = "ACTIVE";
        function["flags"] = string.Join(' ', call.Words);
        if (call.Flag("env-vars-file") is { } environment)
        {
            function["environment"] = call.ReadFile(environment);
        }

        if (call.Flag("trigger-topic") is { } topic)
        {
            MakeTrigger(cloud, call, name, topic);
        }

        foreach (var bucket in call.Words.Where(w => w.StartsWith("--trigger-event-filters=bucket=", StringComparison.Ordinal)))
        {
            _ = cloud["bucket/" + bucket.Split('=')[2]];
        }

        SetEveryone(cloud, call, name, isNew);
        return Answer.Done;
    }

    /// <summary>gcloud grants it to everyone where told so, and takes it from everyone where told not to.</summary>
    private static void SetEveryone(CloudState cloud, Call call, string name, bool isNew)
    {
        if (call.Flag("allow-unauthenticated") is not null)
        {
            Grants.Add(cloud, "run/" + name, "roles/run.invoker", "allUsers");
        }
        else if (!isNew && call.Flag("no-allow-unauthenticated") is not null && Grants.Has(cloud, "run/" + name, "roles/run.invoker", "allUsers"))
        {
            Grants.Remove(cloud, "run/" + name, "roles/run.invoker", "allUsers");
        }
    }

    /// <summary>Each deployment makes the subscription anew: what was set on the old one is gone with it.</summary>
    private static void MakeTrigger(CloudState cloud, Call call, string function, string topic)
    {
        var topicName = (string?)cloud["topic/" + topic]["name"];
        DeleteTrigger(cloud, function);
        var id = $"eventarc-{call.Flag("region")}-{function}-{cloud.NextSerial()}";
        cloud.Put("subscription/" + id, new JsonObject
        {
            ["name"] = $"projects/{call.Flag("project")}/subscriptions/{id}",
            ["function"] = function,
            ["topic"] = topicName,
            ["pushConfig"] = new JsonObject { ["pushEndpoint"] = $"https://{function}.example" },
            ["ackDeadlineSeconds"] = "10",
            ["uses"] = new JsonArray("topic/" + topic),
        });
    }

    private static void DeleteTrigger(CloudState cloud, string function)
    {
        foreach (var key in cloud.Keys.Where(k => (string?)cloud[k]["function"] == function).ToArray())
        {
            cloud.Delete(key);
        }
    }
}
