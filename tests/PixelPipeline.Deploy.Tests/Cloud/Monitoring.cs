using System.Text.Json.Nodes;

namespace PixelPipeline.Deploy.Tests.Cloud;

internal static class Monitoring
{
    public static Answer Run(CloudState cloud, Call call, string[] words)
    {
        var prefix = words[1] + "/";
        var key = words.Length > 3 ? prefix + words[3].Split('/')[^1] : "";
        switch (words[2])
        {
            case "list":
                return Gcloud.List(cloud, call, prefix);
            case "describe":
                return Gcloud.Show(cloud, call, key);
            case "delete":
                return Gcloud.Delete(cloud, key);
            case "create":
                return Create(cloud, call, words[1]);
            case "update" when call.Flag("update-channel-labels") is null && words[1] == "channels":
                Label(cloud[key], call);
                return Answer.Done;
            case "update":
                var facts = Facts(call, words[1]);
                if ((string?)cloud[key]["etag"] != (string?)facts["etag"])
                {
                    throw new RefusedException("ABORTED: the etag is not the one that is there");
                }

                foreach (var (fact, value) in facts)
                {
                    cloud[key][fact] = value?.DeepClone();
                }

                return Answer.Done;
            default:
                throw Gcloud.Unknown(call);
        }
    }

    private static Answer Create(CloudState cloud, Call call, string collection)
    {
        var id = cloud.NextSerial();
        var thing = Facts(call, collection);
        thing["name"] = $"projects/{call.Flag("project")}/{collection}/{id}";
        if (collection == "dashboards")
        {
            thing["etag"] = "e-" + id;
        }

        string[] uses = call.Flag("notification-channels") is { } channel ? ["channels/" + channel.Split('/')[^1]] : [];
        cloud.Make($"{collection}/{id}", thing, uses);
        return Answer.Done;
    }

    private static JsonObject Facts(Call call, string collection)
    {
        if (collection != "channels")
        {
            var file = call.Flag("policy-from-file") ?? call.Flag("config-from-file");
            return (JsonObject)JsonNode.Parse(call.ReadFile(file!))!;
        }

        var address = (call.Flag("channel-labels") ?? call.Flag("update-channel-labels"))!;
        var facts = new JsonObject { ["labels"] = Pair(address) };
        if (call.Flag("user-labels") is { } labels)
        {
            facts["userLabels"] = Pair(labels);
        }

        return facts;
    }

    /// <summary>A channel gets or loses a label of the user's own.</summary>
    private static void Label(JsonObject channel, Call call)
    {
        var labels = (JsonObject)channel["userLabels"]!;
        if (call.Flag("update-user-labels") is { } label)
        {
            labels[label.Split('=')[0]] = label.Split('=')[1];
        }
        else
        {
            labels.Remove(call.Flag("remove-user-labels")!);
        }
    }

    private static JsonObject Pair(string text) => new() { [text.Split('=')[0]] = text.Split('=')[1] };
}
