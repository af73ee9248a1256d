using System.Text.Json.Nodes;
using PixelPipeline.Deploy.Tests.Cloud;

namespace PixelPipeline.Deploy.Tests;

[Parallelizable(ParallelScope.All)]
public class UpTests
{
    [Test]
    public void Up_EmptyProject_MakesEverythingInALegalOrder()
    {
        using var deployment = new Deployment();
        deployment.WriteSettings(Settings.All);

        var outcome = deployment.Up();

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(deployment.Cloud.Made, Has.Count.GreaterThan(50));
        Assert.That(outcome.Output, Does.Contain("203.0.113.7"));
    }

    [Test]
    public void Up_SecondRun_MakesNothing()
    {
        using var deployment = Deployment.AfterUp(Settings.All);
        var (made, state) = (deployment.Cloud.Made.Count, deployment.Cloud.Describe());

        var outcome = deployment.Up();

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(deployment.Cloud.Describe(), Is.EqualTo(state));

        // The deployment makes Eventarc's subscription anew: only the grant on that may be new.
        Assert.That(deployment.Cloud.Made.Skip(made), Has.All.Contains("subscription/eventarc-"));
    }

    [TestCase]
    [TestCase("--only", "pixel_function")]
    public void Up_Redeploy_AttachesTheDeadLettersAgain(params string[] options)
    {
        using var deployment = Deployment.AfterUp();
        var before = EventarcSubscription(deployment);

        var outcome = deployment.Up(options);

        var after = EventarcSubscription(deployment);
        var subscription = deployment.Cloud[after];
        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(after, Is.Not.EqualTo(before), "the deployment alone forgets them");
        Assert.That((string?)subscription["deadLetterPolicy"]?["deadLetterTopic"], Is.EqualTo("projects/acme-track/topics/pixel-dev-dead-letters"));
        Assert.That((string?)subscription["deadLetterPolicy"]!["maxDeliveryAttempts"], Is.EqualTo("100"));
        Assert.That((string?)subscription["ackDeadlineSeconds"], Is.EqualTo("60"));
        Assert.That(subscription["grants"]!.ToJsonString(), Does.Contain("roles/pubsub.subscriber"));
    }

    [Test]
    public void Up_Finished_SinkMayPublishAndDefaultBucketKeepsNoHits()
    {
        using var deployment = Deployment.AfterUp();

        Assert.That(deployment.Cloud["topic/pixel-dev"]["grants"]!.ToJsonString(), Does.Contain("gcp-sa-logging"));
        var exclusions = deployment.Cloud["sink/_Default"]["exclusions"]!.AsArray();
        Assert.That(exclusions.Select(e => (string?)e!["name"]), Is.EquivalentTo(new[] { "pixel-dev-hits", "pixel-dev-requests" }));
    }

    [Test]
    public void Up_Finished_NobodyKeepsThePixelAndAnyPageMayCheckTheScript()
    {
        using var deployment = Deployment.AfterUp("PIXEL_PATH=/a/t.png");

        var (pixel, script) = (deployment.Cloud["object/acme-track-pixel-dev/a/t.png"], deployment.Cloud["object/acme-track-pixel-dev/a/t.js"]);
        Assert.That(((string?)pixel["content_type"], (string?)pixel["cache_control"]), Is.EqualTo(("image/png", "no-store,max-age=0")));
        Assert.That(((string?)script["content_type"], (string?)script["cache_control"]), Is.EqualTo(("text/javascript;charset=utf-8", "public,max-age=3600")));
        Assert.That((string?)deployment.Cloud["bucket/acme-track-pixel-dev"]["cors_config"]![0]!["origin"]![0], Is.EqualTo("*"));
        Assert.That((bool)deployment.Cloud["backend-buckets/pixel-dev"]["enableCdn"]!, Is.False);
        Assert.That((string?)deployment.Cloud["backend-buckets/pixel-dev"]["customResponseHeaders"]![0], Is.EqualTo("Cross-Origin-Resource-Policy:cross-origin"));
    }

    [Test]
    public void Up_VisitorSecret_TheFunctionMayReadItAndLosesItOnceItIsNamedNoMore()
    {
        using var deployment = new Deployment();
        deployment.Cloud.Put("secret/pixel-visitors", []);
        deployment.WriteSettings("VISITOR_SECRET=pixel-visitors");
        Assert.That(deployment.Up().Code, Is.Zero);
        var reader = (string?)((JsonArray)deployment.Cloud["secret/pixel-visitors"]["grants"]!).Single();
        Assert.That(reader, Is.EqualTo("roles/secretmanager.secretAccessor\tserviceAccount:pixel-dev-function@acme-track.iam.gserviceaccount.com"));

        deployment.WriteSettings("VISITOR_SECRET=");
        Assert.That(deployment.Up().Code, Is.Zero);
        Assert.That((string?)deployment.Cloud["function/pixel-dev"]["flags"], Does.Contain("--clear-secrets").And.Not.Contains("--set-secrets"));
    }

    [Test]
    public void Up_VisitorSecretThatIsNotThere_SaysSoBeforeTheFunctionIsTouched()
    {
        using var deployment = new Deployment();
        deployment.WriteSettings("VISITOR_SECRET=pixel-visitors");

        var outcome = deployment.Up();

        Assert.That(outcome.Code, Is.Not.Zero);
        Assert.That(outcome.Errors, Does.Contain("secret/pixel-visitors").And.Contain("gcloud secrets add-iam-policy-binding pixel-visitors"));
        Assert.That(deployment.Cloud.Has("function/pixel-dev"), Is.False);
    }

    [Test]
    public void Up_CdnOn_ItsEdgesKeepThePixelAndEverybodyElseAsks()
    {
        using var deployment = Deployment.AfterUp();
        deployment.WriteSettings("CDN=on");

        var outcome = deployment.Up("--only", "backend_bucket");

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        var policy = deployment.Cloud["backend-buckets/pixel-dev"]["cdnPolicy"]!;
        Assert.That(((string?)policy["cacheMode"], (string?)policy["clientTtl"]), Is.EqualTo(("FORCE_CACHE_ALL", "0")));
        Assert.That((string?)deployment.Cloud["object/acme-track-pixel-dev/pixel.png"]["cache_control"], Is.EqualTo("no-store,max-age=0"));
    }

    [Test]
    public void Up_OtherDomain_OldCertificateStaysAttachedBehindTheNew()
    {
        using var deployment = Deployment.AfterUp();
        var old = (string?)deployment.Cloud["target-https-proxies/pixel-dev"]["sslCertificates"]![0];
        deployment.WriteSettings("DOMAIN=other.example.com");

        var outcome = deployment.Up();
        deployment.Up("--only", "https_proxy");

        var attached = deployment.Cloud["target-https-proxies/pixel-dev"]["sslCertificates"]!.AsArray().Select(c => (string?)c).ToArray();
        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(attached, Has.Length.EqualTo(2));
        Assert.That(attached[0], Is.Not.EqualTo(old));
        Assert.That(attached[1], Is.EqualTo(old));
    }

    [Test]
    public void Up_DomainAndBack_CertificatesChangePlaces()
    {
        using var deployment = Deployment.AfterUp();
        deployment.WriteSettings("DOMAIN=other.example.com");
        deployment.Up("--only", "certificate");
        deployment.Up("--only", "https_proxy");
        var before = deployment.Cloud["target-https-proxies/pixel-dev"]["sslCertificates"]!.AsArray().Select(c => (string?)c).ToArray();
        deployment.WriteSettings();

        deployment.Up("--only", "https_proxy");

        var after = deployment.Cloud["target-https-proxies/pixel-dev"]["sslCertificates"]!.AsArray().Select(c => (string?)c);
        Assert.That(before, Has.Length.EqualTo(2));
        Assert.That(after, Is.EqualTo(before.Reverse()));
    }

    [Test]
    public void Up_TwoStages_LiveSideBySide()
    {
        using var dev = Deployment.AfterUp();
        var alone = dev.Cloud.Describe().Split('\n');
        using var prod = new Deployment(dev.Cloud);
        prod.WriteSettings("STAGE=prod");

        prod.Up();
        prod.Down("--data");

        var now = dev.Cloud.Describe().Split('\n');
        Assert.That(now.Except(alone), Is.Empty);
        Assert.That(alone.Except(now), Is.Empty);
    }

    [Test]
    public void Up_LakeOn_WritesRawEntriesToAPrivateBucketThatExpires()
    {
        using var deployment = Deployment.AfterUp("LAKE=on", "RAW_DAYS=7");

        Assert.That(deployment.Cloud.Has("subscription/pixel-dev-lake"));
        Assert.That(deployment.Cloud.Has("table/pixels_dev/lake"));
        var bucket = deployment.Cloud["bucket/acme-track-pixel-dev-lake"];
        Assert.That((bool)bucket["private"]!);
        Assert.That(bucket["lifecycle_config"]!.ToJsonString(), Does.Contain("\"age\":7"));
    }

    [Test]
    public void Up_LogFilesOn_OnlyTheFilesThemselvesExpire()
    {
        using var deployment = Deployment.AfterUp("LOG_FILES=on", "RAW_DAYS=7");

        Assert.That(
            deployment.Cloud["bucket/acme-track-pixel-dev-log-files"]["lifecycle_config"]!["rule"]![0]!["condition"]!.ToJsonString(),
            Is.EqualTo("""{"age":7,"matchesPrefix":["drop/"]}"""));
        Assert.That((string?)deployment.Cloud["function/pixel-dev-log-files"]["environment"], Does.Contain("LogFiles__InputPrefix: \"drop/\""));
    }

    [TestCase("dead-letters", "dead_letter_bucket")]
    [TestCase("lake", "lake_bucket")]
    [TestCase("log-files", "log_files_bucket")]
    public void Up_RawBucketOfAnOlderVersion_KeepsNothingThatHasExpired(string bucket, string part)
    {
        using var deployment = Deployment.AfterUp(Settings.All);
        var policy = deployment.Cloud["bucket/acme-track-pixel-dev-" + bucket]["soft_delete_policy"]!;
        Assert.That((string?)policy["retentionDurationSeconds"], Is.EqualTo("0"));
        policy["retentionDurationSeconds"] = "604800";

        deployment.Up("--only", part);

        Assert.That((string?)deployment.Cloud["bucket/acme-track-pixel-dev-" + bucket]["soft_delete_policy"]!["retentionDurationSeconds"], Is.EqualTo("0"));
    }

    [Test]
    public void Up_LakeSwitchedOff_StopsItButKeepsItsFiles()
    {
        using var deployment = Deployment.AfterUp("LAKE=on");
        deployment.WriteSettings("LAKE=off");

        deployment.Up();

        Assert.That(deployment.Cloud.Has("subscription/pixel-dev-lake"), Is.False);
        Assert.That(deployment.Cloud.Has("bucket/acme-track-pixel-dev-lake"));
    }

    [Test]
    public void Up_CollectorAndLogFilesSwitchedOff_AreGoneButTheFilesStay()
    {
        using var deployment = Deployment.AfterUp("COLLECT=on", "LOG_FILES=on");
        deployment.WriteSettings("COLLECT=off", "LOG_FILES=off");

        var outcome = deployment.Up();

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(deployment.Cloud.Keys, Has.None.Contains("-collect").And.None.Contains("account/pixel-dev-log-files").And.None.EqualTo("function/pixel-dev-log-files"));
        Assert.That(deployment.Cloud.Has("bucket/acme-track-pixel-dev-log-files"));
    }

    [Test]
    public void Up_CollectOn_LoadBalancerSendsCollectToTheCollector()
    {
        using var deployment = Deployment.AfterUp("COLLECT=on", "COLLECT_ORIGINS=https://www.example.com");

        Assert.That((string?)deployment.Cloud["url-maps/pixel-dev"]["map"], Does.Contain("/collect").And.Contain("backendServices/pixel-dev-collect"));
        Assert.That(deployment.Cloud["topic/pixel-dev"]["grants"]!.ToJsonString(), Does.Contain("pixel-dev-collect@"));
        Assert.That((string?)deployment.Cloud["function/pixel-dev-collect"]["environment"], Does.Contain("https://www.example.com"));
    }

    [Test]
    public void Up_CollectorDeployedAgain_NeverClosedToEveryone()
    {
        using var deployment = Deployment.AfterUp("COLLECT=on");
        var open = new List<bool>();
        deployment.Cloud.FailAfter = _ =>
        {
            open.Add(Grants.Has(deployment.Cloud, "run/pixel-dev-collect", "roles/run.invoker", "allUsers"));
            return null;
        };

        var outcome = deployment.Up("--only", "collect_function");

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(open, Is.Not.Empty.And.All.True);
        Assert.That(Grants.Has(deployment.Cloud, "run/pixel-dev", "roles/run.invoker", "allUsers"), Is.False, "only the trigger account calls the pixel function");
    }

    [Test]
    public void Up_FunctionSettings_ComeFromTheSettingsFile()
    {
        using var deployment = Deployment.AfterUp("MAX_INSTANCES=7", "LAYOUT=partitioned");

        var function = deployment.Cloud["function/pixel-dev"];
        Assert.That((string?)function["environment"], Does.Contain("Pixel__MaxInstances: \"7\"").And.Contain("Pixel__CreateTables: \"false\"")
            .And.Contain("Pixel__Layout: \"partitioned\"").And.Contain("Pixel__TableSuffix: \"_{user_id}_{date:yyyyMMdd}\""));
        Assert.That((string?)function["flags"], Does.Contain("--retry").And.Contain("--max-instances=7").And.Contain("--ingress-settings=internal-only"));
    }

    [Test]
    public void Up_GrantNotKnownEverywhereYet_TriesAgain()
    {
        using var deployment = Deployment.AfterUp();
        deployment.Cloud["run/pixel-dev"]["grants"] = new JsonArray();
        var refusals = 2;
        deployment.Cloud.FailBefore = call =>
            call.Plain.Contains("add-invoker-policy-binding") && refusals-- > 0 ? "Service account pixel-dev-trigger does not exist." : null;

        var outcome = deployment.Up("--only", "pixel_invoker");

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(refusals, Is.Negative, "it was refused, and tried again");
        Assert.That(deployment.Cloud["run/pixel-dev"]["grants"]!.AsArray(), Is.Not.Empty);
    }

    [Test]
    public void Up_LookSaysOnly404_MakesIt()
    {
        using var deployment = new Deployment();
        deployment.Up("--only", "services");
        deployment.Cloud.FailBefore = call => call.ToString().Contains("topics describe pixel-dev ", StringComparison.Ordinal) ? "HttpError accessing the topic: <404>" : null;

        var outcome = deployment.Up("--only", "topic");

        Assert.That(outcome.Code, Is.Zero, outcome.All);
        Assert.That(deployment.Cloud.Has("topic/pixel-dev"));
    }

    [TestCase("PERMISSION_DENIED: no")]
    [TestCase("PERMISSION_DENIED: no access to projects/914041234567")] // holds 404
    public void Up_LookRefusedForAnotherReason_StopsInsteadOfMakingItTwice(string error)
    {
        using var deployment = Deployment.AfterUp();
        deployment.Cloud.FailBefore = call => call.ToString().Contains("sinks describe pixel-dev", StringComparison.Ordinal) ? error : null;
        var made = deployment.Cloud.Made.Count;

        var outcome = deployment.Up("--only", "sink");

        Assert.That(outcome.Code, Is.EqualTo(1));
        Assert.That(outcome.Errors, Does.Contain("cannot see log sink pixel-dev").And.Contain("PERMISSION_DENIED"));
        Assert.That(deployment.Cloud.Made.Skip(made), Has.None.Contains("sink/"));
    }

    private static string EventarcSubscription(Deployment deployment) =>
        deployment.Cloud.Keys.Single(k => k.StartsWith("subscription/eventarc-", StringComparison.Ordinal));
}
