using System.Text.Json.Nodes;

namespace PixelPipeline.Deploy.Tests.Cloud;

/// <summary>Cloud Armor's policies and their rules. Each has a last rule that lets all in.</summary>
internal static class SecurityPolicies
{
    public static void Make(CloudState cloud, string key, string name) => cloud.Make(key, new JsonObject
    {
        ["name"] = name,
        ["rules"] = new JsonArray(new JsonObject { ["priority"] = "2147483647", ["action"] = "allow" }),
    });

    /// <summary>The facts that were asked for, a line a rule.</summary>
    public static Answer Show(JsonObject policy, Call call) => new(0, string.Concat(Rules(policy)
        .Select(rule => Values.Format(new JsonObject { ["rules"] = rule!.DeepClone() }, call.Flag("format")))));

    public static Answer Rule(CloudState cloud, Call call, string[] words)
    {
        var (name, priority) = (call.Flag("security-policy")!, words[4]);
        var rules = Rules(cloud["security-policies/" + name]);
        var there = rules.FirstOrDefault(r => (string?)r!["priority"] == priority);
        if (there is null == (words[3] == "update"))
        {
            throw new RefusedException($"rule {priority}: {(there is null ? "NOT_FOUND" : "ALREADY_EXISTS")}");
        }

        rules.Remove(there);
        rules.Insert(0, Facts(call, priority));
        if (there is null)
        {
            cloud.Made.Add($"rule {priority} of {name}");
        }

        return Answer.Done;
    }

    private static JsonArray Rules(JsonObject policy) => (JsonArray)policy["rules"]!;

    private static JsonObject Facts(Call call, string priority) => new()
    {
        ["priority"] = priority,
        ["action"] = call.Flag("action"),
        ["from"] = call.Flag("src-ip-ranges"),
        ["rateLimitOptions"] = new JsonObject
        {
            ["rateLimitThreshold"] = new JsonObject { ["count"] = call.Flag("rate-limit-threshold-count"), ["intervalSec"] = call.Flag("rate-limit-threshold-interval-sec") },
            ["conformAction"] = call.Flag("conform-action"),
            ["exceedAction"] = call.Flag("exceed-action"),
            ["enforceOnKey"] = call.Flag("enforce-on-key"),
        },
    };
}
