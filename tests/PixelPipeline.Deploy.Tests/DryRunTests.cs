namespace PixelPipeline.Deploy.Tests;

[Parallelizable(ParallelScope.All)]
public class DryRunTests
{
    [TestCase("up.sh")]
    [TestCase("down.sh")]
    public void DryRun_NoSettingsFile_PrintsCommandsForTheExampleAndCallsNothing(string script)
    {
        using var deployment = new Deployment();
        File.Delete(Path.Combine(deployment.Folder, "deploy", "settings.env"));

        var outcome = deployment.Run(script, ["--dry-run"]);

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(outcome.Errors, Is.EqualTo("deploy/settings.env is missing: this is what deploy/settings.example.env would do\n"));
        Assert.That(deployment.Cloud.Calls, Is.Empty);
        Assert.That(outcome.Output.TrimEnd().Split('\n'), Has.All.Match("^(gcloud|bq) ").And.Length.GreaterThan(20));
    }

    [Test]
    public void DryRun_LinesRunByHandOnAnEmptyProject_EndInTheStateOfARealRun()
    {
        using var real = new Deployment();
        real.WriteSettings(Settings.All);
        real.Up();
        using var byHand = new Deployment();
        byHand.WriteSettings(Settings.All);
        var script = Path.Combine(byHand.Folder, "deploy", "by-hand.sh");
        File.WriteAllText(script, "set -e\ncd \"$(dirname \"$0\")/..\"\n" + byHand.Up("--dry-run").Output);

        var outcome = byHand.Run("by-hand.sh", []);

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(byHand.Cloud.Describe(), Is.EqualTo(real.Cloud.Describe()));
    }
}
