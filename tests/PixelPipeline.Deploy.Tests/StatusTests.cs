using System.Text.Json.Nodes;
using PixelPipeline.Deploy.Tests.Cloud;

namespace PixelPipeline.Deploy.Tests;

[Parallelizable(ParallelScope.All)]
public class StatusTests
{
    [Test]
    public void Status_AfterUp_AllIsWellAndWasOnlyLookedAt()
    {
        using var deployment = Installed();

        var outcome = deployment.Status();

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(outcome.Output, Does.Contain("All is well.").And.Not.Contain("✗"));
        Assert.That(deployment.Cloud.Calls, Is.Not.Empty.And.All.Property(nameof(Call.Looks)).True);
    }

    [Test]
    public void Status_EmptyProject_SaysThatAllIsMissing()
    {
        using var deployment = new Deployment();

        var outcome = deployment.Status();

        Assert.That(outcome.Code, Is.EqualTo(1));
        Assert.That(outcome.Output, Does.Contain("✗ topic pixel-dev: missing").And.Contain("✗ function pixel-dev: missing"));
    }

    [Test]
    public void Status_DeploymentsFailed_SaysSoAndUpMendsThem()
    {
        string[] functions = ["function/pixel-dev", "function/pixel-dev-collect", "function/pixel-dev-log-files"];
        using var deployment = Deployment.AfterUp(Settings.All);
        foreach (var function in functions)
        {
            deployment.Cloud[function]["state"] = "FAILED";
        }

        var outcome = deployment.Status();
        deployment.Up();

        Assert.That(outcome.Code, Is.EqualTo(1));
        foreach (var function in functions)
        {
            Assert.That(outcome.Output, Does.Contain($"✗ {function.Replace('/', ' ')}: is FAILED, should be ACTIVE; deploy/up.sh mends it"));
            Assert.That((string?)deployment.Cloud[function]["state"], Is.EqualTo("ACTIVE"), function);
        }
    }

    [Test]
    public void Status_SubscriptionForgotItsDeadLetters_SaysWhatToMend()
    {
        using var deployment = Installed();
        deployment.Cloud.FailBefore = call => call.ToString().Contains("subscriptions update", StringComparison.Ordinal) ? "INTERNAL" : null;
        deployment.Up("--only", "pixel_function"); // deploys the function, and breaks off behind it

        var outcome = deployment.Status();

        Assert.That(outcome.Code, Is.EqualTo(1));
        Assert.That(outcome.Output, Does.Contain("✗ delivery: ack deadline 60 s, 100 attempts, then dead letters: is 10"));
    }

    [Test]
    public void Status_SinkLostItsGrant_SaysWhatToMend()
    {
        using var deployment = Installed();
        deployment.Cloud["topic/pixel-dev"]["grants"] = new JsonArray();

        var outcome = deployment.Status();

        Assert.That(outcome.Code, Is.EqualTo(1));
        Assert.That(outcome.Output, Does.Contain("✗ grant: the log sink may publish to pixel-dev: missing; deploy/up.sh makes it"));
    }

    [Test]
    public void Status_AccountWithARoleInTheProject_SaysHowToTakeItAway()
    {
        using var deployment = Installed();
        Assert.That(deployment.Status().Output, Does.Contain("✓ no account may do more than it needs in the project"));
        const string function = "serviceAccount:pixel-dev-function@acme-track.iam.gserviceaccount.com";
        deployment.Cloud["project"]["grants"]!.AsArray().Add("roles/editor\t" + function);
        deployment.Cloud["project"]["grants"]!.AsArray().Add("roles/owner\tuser:ops@example.com"); // a person's is not ours to judge

        var outcome = deployment.Status();

        Assert.That(outcome.Code, Is.EqualTo(1));
        Assert.That(outcome.Output, Does.Contain($"✗ pixel-dev-function@acme-track.iam.gserviceaccount.com has roles/editor in all of the project")
            .And.Contain($"gcloud projects remove-iam-policy-binding acme-track --member={function} --role=roles/editor --condition=None").And.Not.Contain("ops@example.com"));
    }

    [TestCase(799, "✓ 799 tables")]
    [TestCase(800, "! 800 tables; a query over all of them ends at 1,000")]
    [TestCase(40_000, "! 40000 tables; listing them slows from 50,000 on")]
    public void Status_TemplateLayoutGrows_WarnsBeforeTheLimits(int tables, string line)
    {
        using var deployment = Installed();
        AddTables(deployment.Cloud, tables);

        var outcome = deployment.Status();

        Assert.That(outcome.Output, Does.Contain(line));
    }

    [Test]
    public void Status_CertificateWaitsForTheName_SaysSo()
    {
        using var deployment = Installed();
        var certificate = deployment.Cloud.Keys.Single(k => k.StartsWith("ssl-certificates/", StringComparison.Ordinal));
        deployment.Cloud[certificate]["managed"]!["status"] = "PROVISIONING";

        var outcome = deployment.Status();

        Assert.That(outcome.Output, Does.Contain("✗ the certificate is PROVISIONING: does the A record of track.example.com"));
    }

    private static void AddTables(CloudState cloud, int count)
    {
        for (var i = 0; i < count; i++)
        {
            cloud.Put($"table/pixels_dev/pixel_u{i}_20260101", Bq.NewTable("[]"));
        }
    }

    private static Deployment Installed()
    {
        var deployment = Deployment.AfterUp();
        return deployment;
    }
}
