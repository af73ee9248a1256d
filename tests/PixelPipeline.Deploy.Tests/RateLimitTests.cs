namespace PixelPipeline.Deploy.Tests;

/// <summary>RATE_LIMIT=…: how often one address may post to the collector.</summary>
[Parallelizable(ParallelScope.All)]
public class RateLimitTests
{
    private const string Policy = "security-policies/pixel-dev-collect";
    private const string Service = "backend-services/pixel-dev-collect";

    private static readonly string[] On = ["COLLECT=on", "RATE_LIMIT=600"];

    [Test]
    public void Up_RateLimit_StandsInFrontOfTheCollectorAlone()
    {
        using var deployment = Deployment.AfterUp(On);

        var rule = deployment.Cloud[Policy]["rules"]![0]!;
        Assert.That(((string?)rule["action"], (string?)rule["from"]), Is.EqualTo(("throttle", "*")));
        Assert.That(
            rule["rateLimitOptions"]!.ToJsonString(),
            Is.EqualTo("""{"rateLimitThreshold":{"count":"600","intervalSec":"60"},"conformAction":"allow","exceedAction":"deny-429","enforceOnKey":"IP"}"""));
        Assert.That(Attached(deployment), Does.EndWith("/securityPolicies/pixel-dev-collect"));
        Assert.That(deployment.Cloud["backend-buckets/pixel-dev"].ContainsKey("securityPolicy"), Is.False);
        Assert.That(deployment.Status().Output, Does.Contain("✓ rate limit: 600 requests a minute from one address").And.Contain("All is well."));
    }

    [Test]
    public void Up_CollectorBeforeItsLimit_NeverAnswersWithoutIt()
    {
        using var deployment = new Deployment();
        deployment.WriteSettings(On);

        deployment.Up();

        var calls = deployment.Cloud.Calls.Select(c => c.ToString()).ToList();
        Assert.That(calls.FindIndex(c => c.Contains("--security-policy=pixel-dev-collect --project", StringComparison.Ordinal)), Is.InRange(0, calls.FindIndex(c => c.Contains("url-maps import pixel-dev ", StringComparison.Ordinal))));
    }

    [Test]
    public void Up_WithoutARateLimit_MakesNoPolicy()
    {
        using var deployment = Deployment.AfterUp("COLLECT=on");

        Assert.That(deployment.Cloud.Has(Policy), Is.False);
        Assert.That(Attached(deployment), Is.Null);
    }

    [Test]
    public void Up_RateLimitAgain_MakesNothing()
    {
        using var deployment = Deployment.AfterUp(On);

        var outcome = deployment.Up();

        Assert.That(outcome.Output, Does.Contain("✓ rate limit: 600 requests a minute from one address\n").And.Contain("✓ rate limit in front of pixel-dev-collect\n"));
    }

    [Test]
    public void Up_OtherRate_StatusSaysSoAndUpMendsIt()
    {
        using var deployment = Deployment.AfterUp(On);
        deployment.WriteSettings("COLLECT=on", "RATE_LIMIT=60");

        var status = deployment.Status();
        var outcome = deployment.Up();

        Assert.That(status.Output, Does.Contain("✗ rate limit: 60 requests a minute from one address: is throttle 600 in 60 s, should be throttle 60 in 60 s; deploy/up.sh mends it"));
        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That((string?)deployment.Cloud[Policy]["rules"]![0]!["rateLimitOptions"]!["rateLimitThreshold"]!["count"], Is.EqualTo("60"));
        Assert.That(deployment.Cloud[Policy]["rules"]!.AsArray(), Has.Count.EqualTo(2));
    }

    [Test]
    public void Status_PolicyWasDetached_SaysSoAndUpAttachesIt()
    {
        using var deployment = Deployment.AfterUp(On);
        deployment.Cloud[Service]["securityPolicy"] = null;

        Assert.That(deployment.Status().Output, Does.Contain("✗ rate limit in front of pixel-dev-collect: missing; deploy/up.sh makes it"));
        deployment.Up();
        Assert.That(Attached(deployment), Is.Not.Null);
    }

    [TestCase("COLLECT=on")]
    [TestCase("COLLECT=off")]
    public void Up_RateLimitEmptied_IsDetachedAndGone(string collector)
    {
        using var deployment = Deployment.AfterUp(On);
        deployment.WriteSettings(collector);

        var outcome = deployment.Up();

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(deployment.Cloud.Has(Policy), Is.False);
        Assert.That(deployment.Cloud.Has(Service), Is.EqualTo(collector == "COLLECT=on"));
    }

    [Test]
    public void Up_PolicyOfSomebodyElse_StaysAttached()
    {
        using var deployment = Deployment.AfterUp("COLLECT=on");
        const string theirs = "https://www.googleapis.com/compute/v1/projects/acme-track/global/securityPolicies/theirs";
        deployment.Cloud[Service]["securityPolicy"] = theirs;

        Assert.That(deployment.Up().Code, Is.Zero);
        Assert.That(Attached(deployment), Is.EqualTo(theirs));
    }

    [TestCase("RATE_LIMIT=600")]
    [TestCase("RATE_LIMIT=")] // emptied, and down.sh run before up.sh
    public void Down_WithARateLimit_TakesItAway(string setting)
    {
        using var deployment = Deployment.AfterUp(On);
        deployment.WriteSettings("COLLECT=on", setting);

        var outcome = deployment.Down();

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(deployment.Cloud.Has(Policy), Is.False);
    }

    private static string? Attached(Deployment deployment) => (string?)deployment.Cloud[Service]["securityPolicy"];
}
