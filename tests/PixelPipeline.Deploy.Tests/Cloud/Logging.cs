using System.Text.Json.Nodes;

namespace PixelPipeline.Deploy.Tests.Cloud;

internal static class Logging
{
    public static Answer Run(CloudState cloud, Call call, string[] words)
    {
        var name = words[3];
        var key = (words[1] == "sinks" ? "sink/" : "metric/") + name;
        switch (words[2])
        {
            case "describe" when call.Flag("flatten") is not null:
                return new Answer(0, string.Concat(Exclusions(cloud, key).Select(e => $"{e!["name"]}\t{e["filter"]}\n")));
            case "describe":
                return Gcloud.Show(cloud, call, key);
            case "delete":
                return Gcloud.Delete(cloud, key);
            case "create" when words[1] == "sinks":
                cloud.Make(
                    key,
                    new JsonObject
                    {
                        ["filter"] = call.Flag("log-filter"),
                        ["writerIdentity"] = $"serviceAccount:service-{Grants.ProjectNumber}@gcp-sa-logging.iam.gserviceaccount.com",
                    },
                    "topic/" + words[4].Split('/')[^1]);
                return Answer.Done;
            case "create":
                cloud.Make(key, new JsonObject { ["filter"] = call.Flag("log-filter") });
                return Answer.Done;
            case "update" when call.Flag("log-filter") is { } filter:
                cloud[key]["filter"] = filter;
                return Answer.Done;
            case "update":
                return Exclude(cloud, call, key);
            default:
                throw Gcloud.Unknown(call);
        }
    }

    private static JsonArray Exclusions(CloudState cloud, string key) => (JsonArray)cloud[key]["exclusions"]!;

    private static Answer Exclude(CloudState cloud, Call call, string key)
    {
        var exclusions = Exclusions(cloud, key);
        var words = (call.Flag("add-exclusion") ?? call.Flag("update-exclusion") ?? "name=" + call.Flag("remove-exclusions"))
            .Split(',', 2);
        var name = words[0]["name=".Length..];
        var there = exclusions.FirstOrDefault(e => (string?)e!["name"] == name);
        if (there is null == (call.Flag("add-exclusion") is null))
        {
            throw new RefusedException($"exclusion {name}: {(there is null ? "NOT_FOUND" : "ALREADY_EXISTS")}");
        }

        exclusions.Remove(there);
        if (words.Length > 1)
        {
            exclusions.Add(new JsonObject { ["name"] = name, ["filter"] = words[1]["filter=".Length..] });
        }

        if (there is null)
        {
            cloud.Made.Add("exclusion " + name);
        }

        return Answer.Done;
    }
}
