using System.Text.Json.Nodes;

namespace PixelPipeline.Deploy.Tests.Cloud;

/// <summary>What the stand-in of <c>gcloud</c> understands: the commands that the scripts use, no more.</summary>
internal static class Gcloud
{
    private static readonly Dictionary<string, string> ServiceOf = new()
    {
        ["pubsub"] = "pubsub",
        ["storage"] = "storage",
        ["compute"] = "compute",
        ["functions"] = "cloudfunctions",
        ["run"] = "run",
        ["iam"] = "iam",
        ["iap"] = "iap",
        ["logging"] = "logging",
        ["monitoring"] = "monitoring",
        ["secrets"] = "secretmanager",
        ["budgets"] = "billingbudgets",
        ["org-policies"] = "orgpolicy",
    };

    public static Answer Run(CloudState cloud, Call call)
    {
        var words = call.Plain.Where(w => w is not ("alpha" or "beta")).ToArray();
        if (call.Flag("project") is null && words[0] != "projects")
        {
            throw new RefusedException("no --project: it would go to whatever project is set on this machine");
        }

        RequireService(cloud, words[0]);
        return words[0] switch
        {
            "projects" => Project(cloud, call, words),
            "services" => Services(cloud, call, words),
            "iam" => Accounts(cloud, call, words),
            "pubsub" => PubSub.Run(cloud, call, words),
            "storage" => Storage.Run(cloud, call, words),
            "compute" => Compute.Run(cloud, call, words),
            "iap" => CloudRun.RunProxy(cloud, call, words),
            "run" when words is ["run", "services", "describe" or "delete" or "add-iam-policy-binding", ..] or ["run", "deploy", ..] => CloudRun.Run(cloud, call, words),
            "functions" or "run" => Functions.Run(cloud, call, words),
            "logging" => Logging.Run(cloud, call, words),
            "monitoring" => Monitoring.Run(cloud, call, words),
            "secrets" => Secrets(cloud, call, words),
            "billing" => Billing.Run(cloud, call, words),
            "org-policies" => OrgPolicies.Run(cloud, call, words),
            _ => throw Unknown(call),
        };
    }

    public static RefusedException Unknown(Call call) => new($"the stand-in does not know: {call}");

    /// <summary>The answer to a describe: the facts that were asked for.</summary>
    public static Answer Show(CloudState cloud, Call call, string key) =>
        new(0, Values.Format(cloud[key], call.Flag("format")));

    /// <summary>The answer to a list: the facts of each thing that the filter lets through.</summary>
    public static Answer List(CloudState cloud, Call call, string prefix) => new(0, string.Concat(cloud.Keys
        .Where(k => k.StartsWith(prefix, StringComparison.Ordinal))
        .Where(k => Values.Matches(cloud[k], call.Flag("filter")!))
        .Select(k => Values.Format(cloud[k], call.Flag("format")))));

    public static Answer Delete(CloudState cloud, string key)
    {
        cloud.Delete(key);
        return Answer.Done;
    }

    public static void RequireService(CloudState cloud, string word)
    {
        if (ServiceOf.TryGetValue(word, out var service) && !cloud.Has("service/" + service))
        {
            throw new RefusedException($"PERMISSION_DENIED: {service} has not been used in project before or it is disabled.");
        }
    }

    private static Answer Project(CloudState cloud, Call call, string[] words) => words[1] switch
    {
        "describe" => new Answer(0, Grants.ProjectNumber + "\n"),
        "get-iam-policy" => Grants.Show(cloud, "project"),
        "add-iam-policy-binding" => Grants.Add(cloud, "project", call.Flag("role")!, call.Flag("member")!),
        "remove-iam-policy-binding" => Grants.Remove(cloud, "project", call.Flag("role")!, call.Flag("member")!),
        _ => throw Unknown(call),
    };

    private static Answer Services(CloudState cloud, Call call, string[] words)
    {
        switch (words[1])
        {
            case "list":
                return new Answer(0, string.Concat(cloud.Keys
                    .Where(k => k.StartsWith("service/", StringComparison.Ordinal))
                    .Select(k => k["service/".Length..] + ".googleapis.com\n")));
            case "enable":
                foreach (var service in words[2..].Select(w => "service/" + w.Replace(".googleapis.com", "", StringComparison.Ordinal)))
                {
                    if (!cloud.Has(service))
                    {
                        cloud.Make(service, []);
                    }
                }

                return Answer.Done;
            case "identity":
                var agent = "agent/" + call.Flag("service")!.Replace(".googleapis.com", "", StringComparison.Ordinal);
                if (!cloud.Has(agent))
                {
                    cloud.Make(agent, []);
                }

                return Answer.Done;
            default:
                throw Unknown(call);
        }
    }

    private static Answer Secrets(CloudState cloud, Call call, string[] words) => words[1] switch
    {
        "get-iam-policy" => Grants.Show(cloud, "secret/" + words[2]),
        "add-iam-policy-binding" => Grants.Add(cloud, "secret/" + words[2], call.Flag("role")!, call.Flag("member")!),
        _ => throw Unknown(call),
    };

    private static Answer Accounts(CloudState cloud, Call call, string[] words)
    {
        var project = call.Flag("project");
        var email = words[^1].Contains('@', StringComparison.Ordinal) ? words[^1] : $"{words[^1]}@{project}.iam.gserviceaccount.com";
        var key = "account/" + email;
        switch (words[2])
        {
            case "create":
                cloud.Make(key, new JsonObject { ["email"] = email });
                return Answer.Done;
            case "describe":
                return Show(cloud, call, key);
            case "delete":
                return Delete(cloud, key);
            case "get-iam-policy":
                return Grants.Show(cloud, key);
            case "add-iam-policy-binding":
                return Grants.Add(cloud, key, call.Flag("role")!, call.Flag("member")!);
            default:
                throw Unknown(call);
        }
    }
}
