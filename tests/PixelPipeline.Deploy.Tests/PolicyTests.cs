using PixelPipeline.Deploy.Tests.Cloud;

namespace PixelPipeline.Deploy.Tests;

/// <summary>What an organisation's policies forbid is told before anything is made.</summary>
[Parallelizable(ParallelScope.All)]
public class PolicyTests
{
    private const string Enforced = """{"enforce":true}""";
    private const string OneCustomer = """{"values":{"allowedValues":["C01abcdef"]}}""";
    private const string Public = "storage.publicAccessPrevention";
    private const string Domains = "iam.allowedPolicyMemberDomains";
    private const string Builds = "iam.automaticIamGrantsForDefaultServiceAccounts";
    private const string Accounts = "iam.disableServiceAccountCreation";
    private const string BuildAccount = $"serviceAccount:{Grants.ProjectNumber}-compute@developer.gserviceaccount.com";

    [TestCase(Public, Enforced, "keeps the bucket acme-track-pixel-dev from being public, so nobody gets the pixel; somebody with roles/orgpolicy.policyAdmin makes an exception: gcloud org-policies reset storage.publicAccessPrevention --project=acme-track")]
    [TestCase(Domains, OneCustomer, "forbids grants to everyone (everyone may fetch from acme-track-pixel-dev); somebody")]
    [TestCase(Domains, """{"denyAll":true}""", "forbids grants to everyone (everyone may fetch from acme-track-pixel-dev); somebody")]
    [TestCase(Accounts, Enforced, "forbids to make accounts (account pixel-dev-function, account pixel-dev-trigger); somebody")]
    [TestCase(Builds, Enforced, $"leaves {Grants.ProjectNumber}-compute@developer.gserviceaccount.com without rights, so no build succeeds; gcloud services enable compute.googleapis.com --project=acme-track && gcloud projects add-iam-policy-binding acme-track --member={BuildAccount} --role=roles/cloudbuild.builds.builder --condition=None")]
    public void Up_PolicyThatStopsIt_SaysWhatToDoAndMakesNothingAtAll(string constraint, string rule, string line)
    {
        using var deployment = new Deployment();
        OrgPolicies.Put(deployment.Cloud, constraint, rule);

        var outcome = deployment.Up();
        var status = deployment.Status();

        Assert.That(outcome.Code, Is.EqualTo(1));
        Assert.That(outcome.Output, Does.Contain($"  ✗ constraints/{constraint} {line}"));
        Assert.That(outcome.Errors, Does.StartWith("Nothing was made"));
        Assert.That(deployment.Cloud.Made, Is.Empty);
        Assert.That(deployment.Cloud.Calls.Where(c => !c.Looks), Is.Empty);
        Assert.That(status.Output, Does.Contain(outcome.Output.Split('\n').Single(l => l.Contains(constraint, StringComparison.Ordinal))));
    }

    [Test]
    public void Up_ManyPolicies_ALineForEach()
    {
        using var deployment = new Deployment();
        deployment.WriteSettings("COLLECT=on");
        OrgPolicies.Put(deployment.Cloud, Public, Enforced);
        OrgPolicies.Put(deployment.Cloud, Domains, OneCustomer);

        var outcome = deployment.Up();

        Assert.That(outcome.Output.Split('\n').Count(l => l.Contains("✗ constraints/", StringComparison.Ordinal)), Is.EqualTo(2));
        Assert.That(outcome.Output, Does.Contain("(everyone may call pixel-dev-collect, everyone may fetch from acme-track-pixel-dev)"));
    }

    [TestCase(Public, """{"enforce":false}""")]
    [TestCase(Domains, """{"allowAll":true}""")]
    public void Up_PolicyThatRestrictsNothing_MakesEverything(string constraint, string rule)
    {
        using var deployment = new Deployment();
        OrgPolicies.Put(deployment.Cloud, constraint, rule);

        var outcome = deployment.Up();

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(outcome.Output, Does.Contain("✓ no organisation policy stops this"));
    }

    [TestCase(Domains, OneCustomer)]
    [TestCase(Accounts, Enforced)]
    public void Up_PolicyThatCameLater_DoesNotStopWhatIsThere(string constraint, string rule)
    {
        using var deployment = Deployment.AfterUp("COLLECT=on");
        OrgPolicies.Put(deployment.Cloud, constraint, rule);

        Assert.That(deployment.Up().Code, Is.Zero);
        Assert.That(deployment.Status().Code, Is.Zero);
    }

    [Test]
    public void Up_PublicAccessPreventionThatCameLater_IsTold()
    {
        using var deployment = Deployment.AfterUp();
        OrgPolicies.Put(deployment.Cloud, Public, Enforced);

        Assert.That(deployment.Up().Code, Is.EqualTo(1));
        Assert.That(deployment.Status().Output, Does.Contain("✗ constraints/storage.publicAccessPrevention"));
    }

    [TestCase("roles/cloudbuild.builds.builder", BuildAccount)]
    [TestCase("roles/editor", BuildAccount)]
    [TestCase("roles/cloudbuild.builds.builder", $"serviceAccount:{Grants.ProjectNumber}@cloudbuild.gserviceaccount.com")] // an older project
    public void Up_AccountThatBuildsMayDoSo_NoPolicyStopsIt(string role, string member)
    {
        using var deployment = new Deployment();
        OrgPolicies.Put(deployment.Cloud, Builds, Enforced);
        deployment.Cloud["project"]["grants"]!.AsArray().Add($"{role}\t{member}");

        Assert.That(deployment.Up().Code, Is.Zero);
    }

    [Test]
    public void Up_NothingIsBuilt_NeedsNoRightToBuild()
    {
        using var deployment = new Deployment();
        deployment.WriteSettings("LAYOUT=partitioned", "MODE=direct");
        OrgPolicies.Put(deployment.Cloud, Builds, Enforced);

        Assert.That(deployment.Up().Code, Is.Zero);
    }

    [Test]
    public void Up_OnlyPartsThatNoPolicyStops_AreMade()
    {
        using var deployment = Deployment.AfterUp();
        OrgPolicies.Put(deployment.Cloud, Public, Enforced);

        Assert.That(deployment.Up("--only", "hits_metric").Code, Is.Zero);
    }

    [TestCase("PERMISSION_DENIED: Permission 'orgpolicy.policy.get' denied on resource", "that takes a project in an organisation, and the right orgpolicy.policy.get")]
    [TestCase("FAILED_PRECONDITION: the project does not belong to an organization", "that takes a project in an organisation, and the right orgpolicy.policy.get")]
    [TestCase("PERMISSION_DENIED: Organization Policy API has not been used in project 123456789012 before or it is disabled.", "their API is off (gcloud services enable orgpolicy.googleapis.com --project=acme-track)")]
    public void Up_PoliciesThatCannotBeSeen_SaysSoAndGoesOn(string error, string why)
    {
        using var deployment = new Deployment();
        deployment.Cloud.FailBefore = call => call.Plain[0] == "org-policies" ? error : null;

        var outcome = deployment.Up();
        var status = deployment.Status();

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(outcome.Output, Does.Contain("  ! organisation policies could not be looked at: " + why));
        Assert.That(status.Output, Does.Contain("  ! organisation policies could not be looked at: " + why).And.Contain("All is well."));
    }

    [Test]
    public void Up_PoliciesFailForAnotherReason_StopsBeforeAnythingIsMade()
    {
        using var deployment = new Deployment();
        deployment.Cloud.FailBefore = call => call.Plain[0] == "org-policies" ? "INTERNAL: the connection was lost" : null;

        var outcome = deployment.Up();

        Assert.That(outcome.Code, Is.EqualTo(1));
        Assert.That(outcome.Errors, Does.Contain("cannot see the organisation policies of acme-track: INTERNAL"));
        Assert.That(deployment.Cloud.Made, Is.Empty);
    }
}
