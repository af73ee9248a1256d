using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PixelPipeline.Deploy.Tests.Cloud;

/// <summary>What the stand-in of <c>bq</c> understands: the commands that the scripts use, no more.</summary>
internal static partial class Bq
{
    public static Answer Run(CloudState cloud, Call call)
    {
        if (!cloud.Has("service/bigquery"))
        {
            throw new RefusedException("Access Denied: BigQuery API has not been used in project before or it is disabled.");
        }

        var words = call.Plain;
        var key = words[0] == "query" ? "" : Key(words[1]);
        switch (words[0])
        {
            case "show":
                return new Answer(0, cloud[key].ToJsonString() + "\n");
            case "mk":
                return Make(cloud, call, key);
            case "update":
                return Update(cloud, call, key);
            case "rm":
                return Remove(cloud, key);
            case "get-iam-policy":
                return new Answer(0, Policy(cloud[key]).ToJsonString() + "\n");
            case "add-iam-policy-binding":
                return Grants.Add(cloud, key, call.Flag("role")!, call.Flag("member")!);
            case "query":
                return BqQueries.Run(cloud, call.Input);
            default:
                throw Gcloud.Unknown(call);
        }
    }

    /// <summary><c>project:dataset</c> or <c>project:dataset.table</c> as this cloud keeps it.</summary>
    private static string Key(string name) => name.Split(':')[1].Split('.') is [var dataset, var table]
        ? $"table/{dataset}/{table}"
        : "dataset/" + name.Split(':')[1];

    /// <summary>A table with these columns, made so many days ago.</summary>
    public static JsonObject NewTable(string fields, int daysAgo = 0) =>
        new() { ["schema"] = new JsonObject { ["fields"] = JsonNode.Parse(fields) }, ["daysAgo"] = daysAgo };

    private static Answer Make(CloudState cloud, Call call, string key)
    {
        if (call.Flag("dataset") is not null)
        {
            cloud.Make(key, new JsonObject { ["access"] = new JsonArray() });
            return Answer.Done;
        }

        var thing = call.Flag("view") is { } sql
            ? new JsonObject { ["view"] = new JsonObject { ["query"] = sql } }
            : NewTable(call.ReadFile(call.Flag("schema")!));
        RequireSources(cloud, call.Flag("view") ?? "");
        if (call.Flag("time_partitioning_field") is { } field)
        {
            thing["timePartitioning"] = new JsonObject { ["type"] = "DAY", ["field"] = field };
        }

        Describe(thing, call.Flag("label"), call.Flag("description"));
        if (call.Flag("clustering_fields") is { } clustered)
        {
            Cluster(thing, clustered.Split(','));
        }

        cloud.Make(key, thing, "dataset/" + key.Split('/')[1]);
        SetExpiry(call, thing);
        return Answer.Done;
    }

    private static void Describe(JsonObject table, string? label, string? description)
    {
        if (label?.Split(':') is [var key, var value])
        {
            var labels = table["labels"] as JsonObject ?? [];
            table["labels"] = labels.DeepClone();
            table["labels"]![key] = value;
        }

        table["description"] = description ?? (string?)table["description"];
    }

    private static void Cluster(JsonObject table, string[] columns)
    {
        var names = table["schema"]!["fields"]!.AsArray().Select(f => (string?)f!["name"]);
        if (columns.Except(names).FirstOrDefault() is { } missing)
        {
            throw new RefusedException($"The field specified for clustering cannot be found in the schema: {missing}");
        }

        table["clustering"] = new JsonObject { ["fields"] = new JsonArray([.. columns.Select(c => (JsonNode)c)]) };
    }

    /// <summary>A view's tables have to be there, at least one for a wildcard.</summary>
    private static void RequireSources(CloudState cloud, string sql)
    {
        foreach (Match source in Sources().Matches(sql))
        {
            var key = $"table/{source.Groups[1].Value}/{source.Groups[2].Value}";
            if (!(key.EndsWith('*') ? cloud.Keys.Any(k => k.StartsWith(key[..^1], StringComparison.Ordinal)) : cloud.Has(key)))
            {
                throw new RefusedException($"{key} does not match any table");
            }
        }
    }

    private static void SetExpiry(Call call, JsonObject table)
    {
        if (call.Flag("time_partitioning_expiration") is { } seconds)
        {
            table["timePartitioning"]!["expirationMs"] = seconds + "000";
        }
    }

    private static Answer Update(CloudState cloud, Call call, string key)
    {
        var thing = cloud[key];
        SetExpiry(call, thing);
        Describe(thing, call.Flag("set_label"), call.Flag("description"));
        if (call.Flag("view") is { } sql)
        {
            thing["view"]!["query"] = sql;
        }
        else if (call.Plain.Count > 2)
        {
            var fields = NewTable(call.ReadFile(call.Plain[2]));
            var names = fields["schema"]!["fields"]!.AsArray().Select(f => (string?)f!["name"]).ToHashSet();
            if (thing["schema"]!["fields"]!.AsArray().Any(f => !names.Contains((string?)f!["name"])))
            {
                throw new RefusedException("Provided Schema does not match Table");
            }

            thing["schema"] = fields["schema"]!.DeepClone();
        }

        return Answer.Done;
    }

    private static JsonObject Policy(JsonObject table) => new()
    {
        ["bindings"] = new JsonArray([.. (table["grants"]?.AsArray() ?? []).Select(g => ((string)g!).Split('\t'))
            .Select(g => (JsonNode)new JsonObject { ["role"] = g[0], ["members"] = new JsonArray(g[1]) })]),
    };

    private static Answer Remove(CloudState cloud, string key)
    {
        var prefix = key.Replace("dataset/", "table/", StringComparison.Ordinal) + "/";
        foreach (var table in cloud.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).ToArray())
        {
            cloud.Delete(table);
        }

        return Gcloud.Delete(cloud, key);
    }

    [GeneratedRegex(@"`[^`.]+\.(\w+)\.([\w*]+)`")]
    private static partial Regex Sources();
}
