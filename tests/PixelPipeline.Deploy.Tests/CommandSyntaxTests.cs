using System.Text.Json;
using System.Text.RegularExpressions;
using PixelPipeline.Deploy.Tests.Cloud;

namespace PixelPipeline.Deploy.Tests;

/// <summary>Every command line that the scripts run or the docs show goes through the real parser of its tool.</summary>
public partial class CommandSyntaxTests
{
    private static readonly string[] Pages = ["commands.txt", "docs/deploying.md", "docs/direct.md", "README.md"];
    private static readonly Lazy<List<string>> All = new(AllLines);

    [Test]
    public void Gcloud_EveryLine_IsAcceptedByItsParser()
    {
        Tools.Require("gcloud", "install the Google Cloud CLI: https://cloud.google.com/sdk/docs/install");
        var lines = Lines("gcloud");
        var file = Path.GetTempFileName();
        File.WriteAllText(file, JsonSerializer.Serialize(lines.Select(l => new { command_string = l })));

        using var answer = JsonDocument.Parse(Tools.Run("gcloud", ["meta", "lint-gcloud-commands", "--commands-file=" + file]));

        File.Delete(file);
        var results = answer.RootElement.EnumerateArray().ToArray();
        Assert.That(results, Has.Length.EqualTo(lines.Count).And.Length.GreaterThan(80));
        Assert.That(results.Where(r => !r.GetProperty("success").GetBoolean())
            .Select(r => $"{r.GetProperty("command_string")}: {r.GetProperty("error_message")}"), Is.Empty);
    }

    [Test]
    public void Bq_EveryLine_IsAcceptedByItsFlagParser()
    {
        Tools.Require("bq", "install the Google Cloud CLI: https://cloud.google.com/sdk/docs/install");
        var lines = Lines("bq");
        var places = Tools.Run("gcloud", ["info", "--format=value(basic.python_location,installation.sdk_root)"]).Trim().Split('\t');
        var parser = Path.Combine(Path.GetDirectoryName(Deployment.StandIn)!, "bq_flags.py");

        var complaints = Tools.Run(places[0], [parser, places[1]], string.Join('\n', lines));

        Assert.That(lines, Has.Count.GreaterThan(8));
        Assert.That(complaints, Is.Empty);
    }

    /// <summary>The lines of a tool, one of those that differ by the names of things alone: a parser takes any.</summary>
    private static List<string> Lines(string tool)
    {
        var lines = All.Value.Where(l => l.StartsWith(tool + " ", StringComparison.Ordinal)).ToArray();
        return [.. lines.SelectMany(Unfold).Where(l => l.StartsWith(tool + " ", StringComparison.Ordinal)).Select(WithoutPipe).DistinctBy(l => Names().Replace(l, "NAME"))];
    }

    /// <summary>From dry runs, real runs (first, changing, status, last) and the pages.</summary>
    private static List<string> AllLines()
    {
        using var deployment = new Deployment();
        deployment.WriteSettings(Settings.All);
        var printed = deployment.Up("--dry-run").Output + deployment.Run("down.sh", ["--dry-run", "--data"]).Output;
        deployment.Up();
        deployment.Cloud.Put("table/pixels_dev/pixel_u_20260101", Bq.NewTable("[]"));
        deployment.WriteSettings([.. Settings.All, "CDN=on", "DOMAIN=other.example.com", "ALERT_EMAIL=other@example.com", "RAW_DAYS=5", "PIXEL_PATH=/a/b.png", "VISITOR_SECRET=pixel-visitors", "BUDGET=300", "RATE_LIMIT=900"]);
        deployment.Cloud.Put("secret/pixel-visitors", []);
        deployment.Up();
        deployment.Status();
        deployment.Down("--data");
        deployment.WriteSettings("LAYOUT=partitioned", "MODE=direct");
        deployment.Up();
        deployment.Up();
        deployment.Status();
        deployment.Down("--data");
        var shown = Pages.Select(p => Path.Combine(Repository.Root, p)).Where(File.Exists).SelectMany(File.ReadLines).Select(WithRealValues);
        return [.. printed.Split('\n').Concat(shown).Select(l => l.Trim()).Concat(deployment.Cloud.Calls.Select(c => c.ToString()))];
    }

    /// <summary>The commands inside a line, which look values up, and then the line with a word in place of each value.</summary>
    private static IEnumerable<string> Unfold(string line)
    {
        while (Lookup().Match(line) is { Success: true } inner)
        {
            yield return inner.Groups[1].Value;
            line = line.Replace(inner.Value, "looked-up", StringComparison.Ordinal);
        }

        yield return line;
    }

    private static string WithRealValues(string line) => line
        .Replace("PROJECT", "acme-track", StringComparison.Ordinal)
        .Replace("NUMBER", Grants.ProjectNumber, StringComparison.Ordinal)
        .Replace("OWNER/REPOSITORY", "acme/track", StringComparison.Ordinal);

    private static string WithoutPipe(string line) => line.Split(" | ")[0];

    [GeneratedRegex(@"[^\s=]*(pixel|acme-track|gs://)\S*")]
    private static partial Regex Names();

    /// <summary>A command inside another one that has none inside itself: it fetches a value that only the cloud knows.</summary>
    [GeneratedRegex(@"\$\((gcloud (?:(?!\$\().)*?'--format=value\([^)]*\)')\)")]
    private static partial Regex Lookup();
}
