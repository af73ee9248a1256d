using System.Text.RegularExpressions;

namespace PixelPipeline.Deploy.Tests;

public class ScriptQualityTests
{
    [Test]
    public void Shellcheck_AllScripts_IsClean()
    {
        Tools.Require("shellcheck", "apt-get install shellcheck");

        var complaints = Tools.Run("shellcheck", ["--format=gcc", .. Scripts()]);

        Assert.That(complaints, Is.Empty);
    }

    [Test]
    public void Scripts_Read_NeverEvaluateText()
    {
        Assert.That(Scripts().SelectMany(File.ReadLines), Has.None.Match(@"(^|[;&|]|\s)eval\s"));
    }

    /// <summary>All scripts share one set of names: one that means a setting must not come to mean something else on the way.</summary>
    [Test]
    public void Settings_OnceRead_AreSetByNothingElse()
    {
        var deploy = Path.Combine(Repository.Root, "deploy");
        var known = Regex.Match(File.ReadAllText(Path.Combine(deploy, "lib", "settings.sh")), "KNOWN_SETTINGS='([^']*)'").Groups[1].Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var sets = new Regex($@"(^|[\s;(])(?<setting>{string.Join('|', known)})=|\b(lookup|read( -\w+)*|printf -v) (?<setting>{string.Join('|', known)})\b");

        var set = Directory.EnumerateFiles(deploy, "*.sh", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != "settings.sh")
            .SelectMany(f => File.ReadLines(f).Where(line => !line.TrimStart().StartsWith('#')).SelectMany(line => sets.Matches(line)).Select(m => $"{Path.GetFileName(f)}: {m.Groups["setting"].Value}"));

        Assert.That(known, Has.Length.GreaterThan(30));
        Assert.That(set, Is.EqualTo(new[] { "schema.sh: LAYOUT" }), "but for the layout, which the tables that there are decide");
    }

    [Test]
    public void CloudBuild_Upload_HoldsTheFunctionAndNothingElse()
    {
        Tools.Require("gcloud", "install the Google Cloud CLI: https://cloud.google.com/sdk/docs/install");

        var files = Tools.Run("gcloud", ["meta", "list-files-for-upload"]).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.That(files, Does.Contain("deploy/schema.json").And.Contain("Directory.Build.props").And.Contain("Directory.Build.targets")
            .And.Contain("Directory.Packages.props").And.Contain("global.json")
            .And.Contain("src/PixelPipeline.Functions/PixelPipeline.Functions.csproj"));
        Assert.That(files, Has.None.Match("^(eng|findings|tests|data|docs|artifacts)/").And.None.Match("(^|/)(bin|obj)/").And.None.Match(@"\.sh$").And.None.Match(@"^src/PixelPipeline\.(Cli|JavaScript|Local|LocalBigQuery|Privacy)/").And.None.Match(@"settings\.env$"));
    }

    private static string[] Scripts()
    {
        var folders = new[] { "deploy", "tests/PixelPipeline.Deploy.Tests/StandIns" }.Select(f => Path.Combine(Repository.Root, f));
        return [.. folders.SelectMany(f => Directory.EnumerateFiles(f, "*.sh", SearchOption.AllDirectories)), Deployment.StandIn];
    }
}
