using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PixelPipeline.Deploy.Tests.Cloud;

/// <summary>The statements that the scripts send through <c>bq query</c>.</summary>
internal static partial class BqQueries
{
    public static Answer Run(CloudState cloud, string sql)
    {
        if (Grant().Match(sql) is { Success: true } grant)
        {
            return ChangeAccess(cloud, grant);
        }

        if (LakeTable().Match(sql) is { Success: true } lake)
        {
            return MakeLake(cloud, lake);
        }

        if (Instances().Match(sql) is not { Success: true } instances)
        {
            throw new RefusedException($"the stand-in does not know: {sql}");
        }

        _ = cloud["dataset/" + instances.Groups["dataset"].Value];
        if (sql.Contains("ALTER TABLE", StringComparison.Ordinal))
        {
            return GiveEnds(cloud, sql, instances);
        }

        var prefix = $"table/{instances.Groups["dataset"].Value}/{instances.Groups["table"].Value}";
        var tables = cloud.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal) && cloud[k]["schema"] is not null);
        if (sql.Contains("creation_time", StringComparison.Ordinal))
        {
            tables = tables.Where(t => (int)cloud[t]["daysAgo"]! <= Number(Recent().Match(sql)));
        }

        return Behind().Match(sql) is { Success: true } behind
            ? List(tables.Where(t => Columns(cloud[t]) < Number(behind)))
            : new Answer(0, $"tables\n{tables.Count()}\n");
    }

    private static Answer GiveEnds(CloudState cloud, string sql, Match instances)
    {
        var prefix = $"table/{instances.Groups["dataset"].Value}/{instances.Groups["table"].Value}";
        foreach (var table in cloud.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal) && cloud[k]["schema"] is not null).ToArray())
        {
            if (!sql.Contains("option_value IS NULL", StringComparison.Ordinal) || cloud[table]["keptDays"] is null)
            {
                cloud[table]["keptDays"] = sql.Contains("= NULL)", StringComparison.Ordinal) ? null : Number(Kept().Match(sql));
            }
        }

        return Answer.Done;
    }

    private static int Number(Match match) => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    private static int Columns(JsonObject table) => table["schema"]!["fields"]!.AsArray().Count;

    private static Answer List(IEnumerable<string> keys) =>
        new(0, "table_name\n" + string.Concat(keys.Select(k => k.Split('/')[2] + "\n")));

    private static Answer ChangeAccess(CloudState cloud, Match grant)
    {
        var access = (JsonArray)cloud["dataset/" + grant.Groups["dataset"].Value]["access"]!;
        var account = grant.Groups["account"].Value;
        var there = access.FirstOrDefault(a => (string?)a!["userByEmail"] == account);
        access.Remove(there);
        if (grant.Groups["verb"].Value == "GRANT")
        {
            _ = cloud["account/" + account];
            access.Add(new JsonObject { ["role"] = grant.Value.Contains("dataViewer", StringComparison.Ordinal) ? "READER" : "WRITER", ["userByEmail"] = account });
            if (there is null)
            {
                cloud.Made.Add("access of " + account);
            }
        }

        return Answer.Done;
    }

    private static Answer MakeLake(CloudState cloud, Match lake)
    {
        _ = cloud["bucket/" + lake.Groups["bucket"].Value];
        var dataset = lake.Groups["dataset"].Value;
        var key = $"table/{dataset}/lake";
        if (!cloud.Has(key))
        {
            cloud.Make(key, [], "dataset/" + dataset);
        }

        return Answer.Done;
    }

    [GeneratedRegex(@"(?<verb>GRANT|REVOKE) `roles/bigquery\.data(Editor|Viewer)` ON SCHEMA `[^`]+`\.(?<dataset>\w+) (TO|FROM) ""serviceAccount:(?<account>[^""]+)"";")]
    private static partial Regex Grant();

    [GeneratedRegex(@"CREATE OR REPLACE EXTERNAL TABLE `[^`.]+\.(?<dataset>\w+)\.lake`.*uris = \['gs://(?<bucket>[^/]+)/entries/\*'\]", RegexOptions.Singleline)]
    private static partial Regex LakeTable();

    [GeneratedRegex(@"`[^`.]+\.(?<dataset>\w+)\.INFORMATION_SCHEMA\.TABLES`.*STARTS_WITH\(table_name, '(?<table>\w+)'\)", RegexOptions.Singleline)]
    private static partial Regex Instances();

    [GeneratedRegex(@"DATE\(creation_time\) >= DATE_SUB\(CURRENT_DATE\(\), INTERVAL (\d+) DAY\)")]
    private static partial Regex Recent();

    [GeneratedRegex(@"creation_time, INTERVAL (\d+) DAY\)")]
    private static partial Regex Kept();

    [GeneratedRegex(@"HAVING COUNT\(\*\) < (\d+)")]
    private static partial Regex Behind();
}
