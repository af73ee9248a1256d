using PixelPipeline.Deploy.Tests.Cloud;

namespace PixelPipeline.Deploy.Tests;

/// <summary>DASHBOARD=on: the live dashboard behind Identity-Aware Proxy.</summary>
[Parallelizable(ParallelScope.All)]
public class DashboardTests
{
    private const string Service = "run/pixel-dev-dashboard";
    private const string Account = "pixel-dev-dashboard@acme-track.iam.gserviceaccount.com";

    private static readonly string[] On = ["DASHBOARD=on", "DASHBOARD_READERS=group:team@example.com,user:ann@example.com", "DASHBOARD_TIME_ZONE=Europe/Berlin"];

    [Test]
    public void Up_DashboardOn_OnlyItsReadersReachItAndItOnlyReads()
    {
        using var deployment = new Deployment();
        deployment.WriteSettings(On);

        var outcome = deployment.Up();

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(outcome.Output, Does.Contain("The dashboard, for DASHBOARD_READERS: https://pixel-dev-dashboard-abc.a.run.app"));
        var service = deployment.Cloud[Service];
        Assert.That((string?)service["flags"], Does.Contain("--iap").And.Contain("--no-allow-unauthenticated").And.Contain("--max-instances=1"));
        Assert.That((string?)service["environment"], Does.Contain($"Dashboard__Audience=/projects/{Grants.ProjectNumber}/locations/us-central1/services/pixel-dev-dashboard")
            .And.Contain("Dashboard__TimeZone=Europe/Berlin").And.Contain("Dashboard__MaxMegabytes=1000"));
        Assert.That(service["grants"]!.AsArray().Select(g => (string?)g), Is.EquivalentTo(new[]
        {
            "roles/iap.httpsResourceAccessor\tgroup:team@example.com",
            "roles/iap.httpsResourceAccessor\tuser:ann@example.com",
            $"roles/run.invoker\tserviceAccount:service-{Grants.ProjectNumber}@gcp-sa-iap.iam.gserviceaccount.com",
        }));
        Assert.That(deployment.Cloud["dataset/pixels_dev"]["access"]!.AsArray().Single(a => (string?)a!["userByEmail"] == Account)!["role"]!.ToString(), Is.EqualTo("READER"));
        Assert.That(deployment.Cloud["project"]["grants"]!.AsArray().Select(g => (string?)g).Where(g => g!.Contains(Account, StringComparison.Ordinal)), Is.EqualTo(new[] { $"roles/bigquery.jobUser\tserviceAccount:{Account}" }));
        Assert.That(deployment.Status().Code, Is.Zero);
    }

    [Test]
    public void Up_WithoutASetting_MakesNoDashboard()
    {
        using var deployment = Deployment.AfterUp();
        Assert.That(deployment.Cloud.Keys, Has.None.Contains("-dashboard").And.None.EqualTo("service/iap"));
    }

    [Test]
    public void Status_ProxyIsOff_SaysSoAndUpMendsIt()
    {
        using var deployment = Deployment.AfterUp(On);
        deployment.Cloud[Service]["metadata"]!["annotations"]!["run.googleapis.com/iap-enabled"] = "false";
        var status = deployment.Run("status.sh", []);
        Assert.That(status.All, Does.Contain("service pixel-dev-dashboard, behind Identity-Aware Proxy: is false, should be true; deploy/up.sh mends it"));
    }

    [Test]
    public void Up_DashboardSwitchedOff_IsGoneWithItsRights()
    {
        using var deployment = Deployment.AfterUp(On);
        deployment.WriteSettings("DASHBOARD=off");

        var outcome = deployment.Up();

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        AssertGone(deployment);
    }

    [Test]
    public void Down_WithADashboard_LeavesNothingOfIt()
    {
        using var deployment = Deployment.AfterUp(On);

        var outcome = deployment.Down();

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        AssertGone(deployment);
    }

    [TestCase("DASHBOARD_READERS=ann@example.com", "DASHBOARD_READERS is wrong")]
    [TestCase("DASHBOARD_READERS=allUsers", "DASHBOARD_READERS is wrong")]
    [TestCase("DASHBOARD_MEGABYTES=9", "DASHBOARD_MEGABYTES is wrong")]
    [TestCase("DASHBOARD_TIME_ZONE=../etc", "DASHBOARD_TIME_ZONE is wrong")]
    public void Up_AWrongSetting_IsRefused(string setting, string message)
    {
        using var deployment = new Deployment();
        deployment.WriteSettings("DASHBOARD=on", setting);
        var outcome = deployment.Up();
        Assert.That(outcome.Code, Is.Not.Zero);
        Assert.That(outcome.Errors, Does.Contain(message));
        Assert.That(deployment.Cloud.Made, Is.Empty);
    }

    private static void AssertGone(Deployment deployment)
    {
        Assert.That(deployment.Cloud.Keys, Has.None.Contains("-dashboard"));
        Assert.That(deployment.Cloud["project"]["grants"]!.ToJsonString(), Does.Not.Contain("dashboard"));
        Assert.That(deployment.Cloud["dataset/pixels_dev"]["access"]!.ToJsonString(), Does.Not.Contain("dashboard"));
    }
}
