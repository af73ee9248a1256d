namespace PixelPipeline.Deploy.Tests;

[Parallelizable(ParallelScope.All)]
public class DownTests
{
    [Test]
    public void Down_WithData_LeavesNothingButTheServices()
    {
        using var deployment = Installed();

        var outcome = deployment.Down("--data");

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(
            deployment.Cloud.Keys.Where(k => !k.StartsWith("service/", StringComparison.Ordinal) && !k.StartsWith("agent/", StringComparison.Ordinal)),
            Is.EqualTo(new[] { "project", "sink/_Default" }));
        Assert.That(deployment.Cloud["project"]["grants"]!.ToJsonString(), Does.Not.Contain("pixel-dev"));
        Assert.That(deployment.Cloud["sink/_Default"]["exclusions"]!.AsArray(), Is.Empty);
    }

    [Test]
    public void Down_WithoutData_KeepsDatasetDeadLettersAndLake()
    {
        using var deployment = Installed();

        var outcome = deployment.Down();

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(deployment.Cloud.Keys, Does.Contain("dataset/pixels_dev").And.Contain("table/pixels_dev/pixel")
            .And.Contain("bucket/acme-track-pixel-dev-dead-letters").And.Contain("bucket/acme-track-pixel-dev-lake"));
        Assert.That(deployment.Cloud.Keys, Has.None.Contains("topic/").And.None.Contains("function/").And.None.EqualTo("bucket/acme-track-pixel-dev"));
        Assert.That(deployment.Cloud["dataset/pixels_dev"]["access"]!.AsArray(), Is.Empty, "a removed account keeps no access");
    }

    [Test]
    public void Down_ThenUp_IsBackAsBefore()
    {
        using var deployment = Installed();
        var before = deployment.Cloud.Describe();
        deployment.Down();

        var outcome = deployment.Up();

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(deployment.Cloud.Describe(), Is.EqualTo(before));
    }

    [TestCase("")]
    [TestCase("yes\n")]
    [TestCase("prod\n")]
    public void Down_AnswerIsNotTheStage_RemovesNothing(string answer)
    {
        using var deployment = Installed();
        var before = deployment.Cloud.Describe();

        var outcome = deployment.Run("down.sh", ["--data"], answer);

        Assert.That(outcome.Code, Is.EqualTo(1));
        Assert.That(outcome.All, Does.Contain("ALL ITS DATA").And.Contain("Messages that wait in Pub/Sub are lost").And.Contain("Nothing was removed."));
        Assert.That(deployment.Cloud.Describe(), Is.EqualTo(before));
    }

    [Test]
    public void Down_AnswerIsTheStage_Removes()
    {
        using var deployment = Installed();

        var outcome = deployment.Run("down.sh", [], "dev\n");

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(deployment.Cloud.Has("function/pixel-dev"), Is.False);
    }

    private static Deployment Installed()
    {
        var deployment = Deployment.AfterUp(Settings.All);
        return deployment;
    }
}
