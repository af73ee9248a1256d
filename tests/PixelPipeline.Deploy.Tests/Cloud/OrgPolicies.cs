using System.Text.Json.Nodes;

namespace PixelPipeline.Deploy.Tests.Cloud;

/// <summary>The policies of the organisation that are in effect in the project.</summary>
internal static class OrgPolicies
{
    /// <summary>Puts a rule in place, such as <c>{"enforce": true}</c>.</summary>
    public static void Put(CloudState cloud, string constraint, string rule)
    {
        cloud.Put("service/orgpolicy", []);
        cloud.Put("policy/" + constraint, new JsonObject { ["rule"] = JsonNode.Parse(rule) });
    }

    public static Answer Run(CloudState cloud, Call call, string[] words)
    {
        if (words[1] != "describe" || call.Flag("effective") is null || call.Flag("flatten") != "spec.rules[]")
        {
            throw Gcloud.Unknown(call);
        }

        var key = "policy/" + words[2];
        var rule = cloud.Has(key) ? cloud[key]["rule"]!.DeepClone() : new JsonObject { ["allowAll"] = true };
        return new Answer(0, Values.Format(new JsonObject { ["spec"] = new JsonObject { ["rules"] = rule } }, call.Flag("format")));
    }
}
