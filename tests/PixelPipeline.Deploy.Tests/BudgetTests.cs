using System.Text.Json.Nodes;
using PixelPipeline.Deploy.Tests.Cloud;

namespace PixelPipeline.Deploy.Tests;

/// <summary>BUDGET=…: who gets the alerts is told what the project costs; nothing is stopped.</summary>
[Parallelizable(ParallelScope.All)]
public class BudgetTests
{
    private const string Denied = "PERMISSION_DENIED: The caller does not have permission";
    private const string Needed = "A budget takes roles/billing.costsManager on the billing account of acme-track";

    [Test]
    public void Up_Budget_TellsTheAlertChannelOfThisProjectAlone()
    {
        using var deployment = Deployment.AfterUp("BUDGET=250");

        var budget = Budgets(deployment).Single();

        Assert.That((string?)budget["displayName"], Is.EqualTo("pixel-dev of acme-track"));
        Assert.That(Amount(budget), Is.EqualTo("250"));
        Assert.That(budget["budgetFilter"]!.ToJsonString(), Is.EqualTo($$"""{"projects":["projects/{{Grants.ProjectNumber}}"],"calendarPeriod":"month"}"""));
        Assert.That(budget["thresholdRules"]!.AsArray().Select(r => (string?)r), Is.EqualTo(new[] { "percent=0.5", "percent=0.9", "percent=1.0", "percent=1.0,basis=forecasted-spend" }));
        var told = (string)budget["notificationsRule"]!["monitoringNotificationChannels"]![0]!;
        Assert.That((string?)deployment.Cloud["channels/" + told.Split('/')[^1]]["labels"]!["email_address"], Is.EqualTo("ops@example.com"));
        Assert.That(deployment.Status().Output, Does.Contain("✓ budget of 250 a month").And.Contain("All is well."));
    }

    [Test]
    public void Up_WithoutABudget_NeverAsksTheBillingAccount()
    {
        using var deployment = new Deployment();

        Assert.That(deployment.Up().Code, Is.Zero);
        Assert.That(deployment.Status().Code, Is.Zero);
        Assert.That(deployment.Down().Code, Is.Zero);

        Assert.That(deployment.Cloud.Calls.Select(c => c.Plain[0]), Has.None.EqualTo("billing"));
        Assert.That(deployment.Cloud.Keys, Has.None.Contains("billing"));
    }

    [Test]
    public void Up_BudgetAgain_MakesNoSecondOne()
    {
        using var deployment = Deployment.AfterUp("BUDGET=250");

        Assert.That(deployment.Up().Output, Does.Contain("✓ budget of 250 a month\n"));
        Assert.That(Budgets(deployment).Count(), Is.EqualTo(1));
    }

    [Test]
    public void Up_OtherAmount_StatusSaysSoAndUpMendsIt()
    {
        using var deployment = Deployment.AfterUp("BUDGET=250");
        deployment.WriteSettings("BUDGET=400");

        var status = deployment.Status();
        var outcome = deployment.Up();

        Assert.That(status.Output, Does.Contain("✗ budget of 400 a month: is 250, should be 400; deploy/up.sh mends it"));
        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(Amount(Budgets(deployment).Single()), Is.EqualTo("400"));
    }

    [Test]
    public void Up_BudgetEmptied_IsGoneAndTheBillingAccountIsLeftAlone()
    {
        using var deployment = Deployment.AfterUp("BUDGET=250");
        deployment.WriteSettings();

        var outcome = deployment.Up();
        var calls = deployment.Cloud.Calls.Count;
        deployment.Up();

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(Budgets(deployment), Is.Empty);
        Assert.That(deployment.Cloud.Calls.Skip(calls).Select(c => c.Plain[0]), Has.None.EqualTo("billing"));
    }

    [TestCase("BUDGET=250")]
    [TestCase("BUDGET=")] // emptied, and down.sh run before up.sh
    public void Down_WithABudget_TakesItAway(string setting)
    {
        using var deployment = Deployment.AfterUp("BUDGET=250");
        deployment.WriteSettings(setting);

        var outcome = deployment.Down();

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(Budgets(deployment), Is.Empty);
    }

    [Test]
    public void Up_TwoStagesOfOneProject_EachHasItsOwn()
    {
        using var dev = Deployment.AfterUp("BUDGET=250");
        using var prod = new Deployment(dev.Cloud);
        prod.WriteSettings("STAGE=prod", "BUDGET=900");

        Assert.That(prod.Up().Code, Is.Zero);
        Assert.That(Budgets(dev).Select(Amount), Is.EquivalentTo(new[] { "250", "900" }));

        Assert.That(prod.Down("--data").Code, Is.Zero);
        Assert.That(Budgets(dev).Select(Amount), Is.EqualTo(new[] { "250" }));
    }

    [TestCase("list")]
    [TestCase("create")]
    public void Up_NoRightOnTheBillingAccount_FailsLastAndNamesTheRole(string command)
    {
        using var deployment = new Deployment();
        deployment.WriteSettings("BUDGET=250");
        deployment.Cloud.FailBefore = call => call.Plain is ["billing", "budgets", var word, ..] && word == command ? Denied : null;

        var outcome = deployment.Up();

        Assert.That(outcome.Code, Is.EqualTo(1));
        Assert.That(outcome.Errors.Split('\n').Count(l => l.StartsWith(Needed, StringComparison.Ordinal)), Is.EqualTo(1), outcome.All);
        Assert.That(outcome.Output, Does.Contain("✓ dashboard: made"), "all else is there");
        Assert.That(Budgets(deployment), Is.Empty);
    }

    [Test]
    public void Up_AnotherFailureOfTheBillingAccount_NamesNoRole()
    {
        using var deployment = new Deployment();
        deployment.WriteSettings("BUDGET=250");
        deployment.Cloud.FailBefore = call => call.Plain is ["billing", "budgets", ..] ? "INTERNAL: the connection was lost" : null;

        var outcome = deployment.Up();

        Assert.That(outcome.Code, Is.EqualTo(1));
        Assert.That(outcome.Errors, Does.Contain("cannot see budget of 250 a month").And.Not.Contain("costsManager"));
    }

    private static IEnumerable<JsonObject> Budgets(Deployment deployment) =>
        deployment.Cloud.Keys.Where(k => k.StartsWith("budget/", StringComparison.Ordinal)).Select(k => deployment.Cloud[k]);

    private static string? Amount(JsonObject budget) => (string?)budget["amount"]!["specifiedAmount"]!["units"];
}
