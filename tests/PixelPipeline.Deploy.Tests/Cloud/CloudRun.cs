using System.Text.Json.Nodes;

namespace PixelPipeline.Deploy.Tests.Cloud;

/// <summary>Services of Cloud Run that are no functions, and who may reach them through Identity-Aware Proxy.</summary>
internal static class CloudRun
{
    public static Answer Run(CloudState cloud, Call call, string[] words)
    {
        var key = "run/" + words[^1];
        switch (words[^2])
        {
            case "describe":
                return Gcloud.Show(cloud, call, key);
            case "add-iam-policy-binding":
                return Grants.Add(cloud, key, call.Flag("role")!, call.Flag("member")!);
            case "delete":
                return Gcloud.Delete(cloud, key);
            case "deploy":
                Deploy(cloud, call, key);
                return Answer.Done;
            default:
                throw Gcloud.Unknown(call);
        }
    }

    /// <summary>Who may pass the proxy; it has to be on.</summary>
    public static Answer RunProxy(CloudState cloud, Call call, string[] words)
    {
        var key = $"run/{call.Flag("service")}";
        if (call.Flag("resource-type") != "cloud-run" || (string?)cloud[key]["metadata"]!["annotations"]!["run.googleapis.com/iap-enabled"] != "true")
        {
            throw new RefusedException("FAILED_PRECONDITION: the service is not behind the proxy");
        }

        return words[^1] switch
        {
            "get-iam-policy" => Grants.Show(cloud, key),
            "add-iam-policy-binding" => Grants.Add(cloud, key, call.Flag("role")!, call.Flag("member")!),
            _ => throw Gcloud.Unknown(call),
        };
    }

    private static void Deploy(CloudState cloud, Call call, string key)
    {
        var account = "account/" + call.Flag("service-account");
        if (!cloud.Has(key))
        {
            cloud.Make(key, [], account);
        }

        cloud[key]["flags"] = string.Join(' ', call.Words);
        cloud[key]["environment"] = call.Flag("set-env-vars");
        cloud[key]["status"] = new JsonObject { ["url"] = $"https://{key[4..]}-abc.a.run.app" };
        cloud[key]["metadata"] = new JsonObject { ["annotations"] = new JsonObject { ["run.googleapis.com/iap-enabled"] = call.Flag("iap") is null ? "false" : "true" } };
    }
}
