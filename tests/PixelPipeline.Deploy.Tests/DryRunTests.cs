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

    [TestCase("VISITOR_SECRET=pixel-visitors", true)]
    [TestCase("VISITOR_SECRET=", false)]
    public void DryRun_VisitorSecret_IsGivenToTheFunctionByName(string setting, bool isGiven)
    {
        using var deployment = new Deployment();
        deployment.WriteSettings(setting);

        var outcome = deployment.Up("--dry-run", "--only", "pixel_function");

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(outcome.Output.Contains("--set-secrets=Pixel__VisitorSecret=pixel-visitors:latest", StringComparison.Ordinal), Is.EqualTo(isGiven), outcome.Output);
        Assert.That(outcome.Output.Contains(" --clear-secrets ", StringComparison.Ordinal), Is.Not.EqualTo(isGiven), outcome.Output);
    }

    [Test]
    public void DryRun_SigningKeys_AreGivenToTheFunctionBesideOtherSecrets()
    {
        using var deployment = new Deployment();
        deployment.WriteSettings("VISITOR_SECRET=pixel-visitors", "SIGNING=require", "SIGNING_KEYS=pixel-signing");

        var outcome = deployment.Up("--dry-run");

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(outcome.Output, Does.Contain("--set-secrets=Pixel__VisitorSecret=pixel-visitors:latest,Pixel__SigningKeys=pixel-signing:latest"));
        Assert.That(outcome.Output, Does.Contain("gcloud secrets add-iam-policy-binding pixel-signing"));
    }

    [Test]
    public void DryRun_LinesRunByHandOnAnEmptyProject_EndInTheStateOfARealRun()
    {
        using var real = new Deployment();
        real.WriteSettings(Settings.All);
        real.Up();
        using var byHand = new Deployment { WithPrograms = true };
        byHand.WriteSettings(Settings.All);
        var script = Path.Combine(byHand.Folder, "deploy", "by-hand.sh");
        File.WriteAllText(script, "set -e\ncd \"$(dirname \"$0\")/..\"\n" + byHand.Up("--dry-run").Output);

        var outcome = byHand.Run("by-hand.sh", []);

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(byHand.Cloud.Describe(), Is.EqualTo(real.Cloud.Describe()));
    }
}
