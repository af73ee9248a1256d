using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PixelPipeline.Deploy.Tests.Cloud;

internal static partial class Compute
{
    /// <summary>Flags that name another thing, and where that thing is kept.</summary>
    private static readonly (string Flag, string Prefix)[] References =
    [
        ("gcs-bucket-name", "bucket/"),
        ("url-map", "url-maps/"),
        ("ssl-certificates", "ssl-certificates/"),
        ("address", "addresses/"),
        ("target-https-proxy", "target-https-proxies/"),
        ("target-http-proxy", "target-http-proxies/"),
        ("network-endpoint-group", "network-endpoint-groups/"),
        ("cloud-run-service", "run/"),
        ("security-policy", "security-policies/"),
    ];

    public static Answer Run(CloudState cloud, Call call, string[] words)
    {
        var key = $"{words[1]}/{words[3]}";
        switch (words[2])
        {
            case "rules":
                return SecurityPolicies.Rule(cloud, call, words);
            case "describe" when call.Flag("flatten") == "rules[]":
                return SecurityPolicies.Show(cloud[key], call);
            case "create" when words[1] == "security-policies":
                SecurityPolicies.Make(cloud, key, words[3]);
                return Answer.Done;
            case "describe":
                return Gcloud.Show(cloud, call, key);
            case "delete":
                return Gcloud.Delete(cloud, key);
            case "import":
                return Import(cloud, call, key);
            case "create":
                cloud.Make(key, Facts(call, words[3]), Uses(call));
                return Answer.Done;
            case "update" or "add-backend":
                return Update(cloud, call, key, words[3]);
            default:
                throw Gcloud.Unknown(call);
        }
    }

    private static string[] Uses(Call call) =>
        [.. References.SelectMany(r => (call.Flag(r.Flag)?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? []).Select(name => r.Prefix + name))];

    private static Answer Update(CloudState cloud, Call call, string key, string name)
    {
        var thing = cloud[key];
        foreach (var (fact, value) in Facts(call, name))
        {
            thing[fact] = value?.DeepClone();
        }

        var used = Uses(call);
        Array.ForEach(used, u => _ = cloud[u]);
        var kinds = References.Where(r => call.Flag(r.Flag) is not null).Select(r => r.Prefix.TrimEnd('/')).ToHashSet();
        var kept = ((JsonArray)thing["uses"]!).Select(u => (string)u!).Where(u => !kinds.Contains(u.Split('/')[0]));
        thing["uses"] = new JsonArray([.. kept.Concat(used).Select(u => (JsonNode)u)]);
        return Answer.Done;
    }

    private static JsonObject Facts(Call call, string name)
    {
        var facts = new JsonObject
        {
            ["name"] = name,
            ["address"] = "203.0.113.7",
            ["managed"] = new JsonObject { ["status"] = "ACTIVE" },
        };
        if (call.Flag("network-endpoint-group") is { } group)
        {
            facts["backends"] = new JsonArray(new JsonObject { ["group"] = group });
        }

        if (call.Flag("enable-cdn") is not null || call.Flag("no-enable-cdn") is not null)
        {
            facts["enableCdn"] = call.Flag("enable-cdn") is not null;
            facts["cdnPolicy"] = new JsonObject { ["cacheMode"] = call.Flag("cache-mode"), ["clientTtl"] = call.Flag("client-ttl") };
        }

        if (call.Flag("custom-response-header") is { } header)
        {
            facts["customResponseHeaders"] = new JsonArray(header);
        }

        if (call.Flag("security-policy") is { } policy)
        {
            facts["securityPolicy"] = policy == "" ? null : $"https://www.googleapis.com/compute/v1/projects/{call.Flag("project")}/global/securityPolicies/{policy}";
        }

        if (call.Flag("ssl-certificates")?.Split(',') is { } certificates)
        {
            facts["sslCertificates"] = new JsonArray([.. certificates.Select(c =>
                (JsonNode)$"https://www.googleapis.com/compute/v1/projects/{call.Flag("project")}/global/sslCertificates/{c}")]);
        }

        return facts;
    }

    private static Answer Import(CloudState cloud, Call call, string key)
    {
        var map = call.ReadFile(call.Flag("source")!);
        var uses = Backends().Matches(map)
            .Select(m => (m.Groups[1].Value == "Buckets" ? "backend-buckets/" : "backend-services/") + m.Groups[2].Value)
            .Distinct().ToArray();
        if (cloud.Has(key))
        {
            cloud[key]["map"] = map;
            cloud[key]["uses"] = new JsonArray([.. uses.Select(u => (JsonNode)u)]);
        }
        else
        {
            cloud.Make(key, new JsonObject { ["name"] = key.Split('/')[1], ["map"] = map }, uses);
        }

        return Answer.Done;
    }

    [GeneratedRegex(@"/global/backend(Buckets|Services)/([a-z0-9-]+)")]
    private static partial Regex Backends();
}
