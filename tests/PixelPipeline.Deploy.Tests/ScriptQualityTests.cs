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

    [Test]
    public void CloudBuild_Upload_HoldsTheFunctionAndNothingElse()
    {
        Tools.Require("gcloud", "install the Google Cloud CLI: https://cloud.google.com/sdk/docs/install");

        var files = Tools.Run("gcloud", ["meta", "list-files-for-upload"]).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.That(files, Does.Contain("deploy/schema.json").And.Contain("Directory.Build.props").And.Contain("Directory.Build.targets")
            .And.Contain("Directory.Packages.props").And.Contain("global.json")
            .And.Contain("src/PixelPipeline.Functions/PixelPipeline.Functions.csproj"));
        Assert.That(files, Has.None.Match("^(eng|findings|tests|data|docs|artifacts)/").And.None.Match("(^|/)(bin|obj)/").And.None.Match(@"\.sh$").And.None.Match(@"^src/PixelPipeline\.(Cli|Local|LocalBigQuery|Privacy)/").And.None.Match(@"settings\.env$"));
    }

    private static string[] Scripts()
    {
        var folders = new[] { "deploy", "tests/PixelPipeline.Deploy.Tests/StandIns" }.Select(f => Path.Combine(Repository.Root, f));
        return [.. folders.SelectMany(f => Directory.EnumerateFiles(f, "*.sh", SearchOption.AllDirectories)), Deployment.StandIn];
    }
}
