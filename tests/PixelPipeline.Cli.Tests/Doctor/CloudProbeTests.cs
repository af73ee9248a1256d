using System.Text.Json.Nodes;
using PixelPipeline.Cli.Doctor;

namespace PixelPipeline.Cli.Tests.Doctor;

/// <summary>The hops in Google Cloud, as its APIs tell of them.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
internal sealed class CloudProbeTests : IAsyncDisposable
{
    private readonly ScriptedCloud _cloud = new();
    private readonly MarkedHit _hit = MarkedHitTests.Create(Some.ShippedSchema());

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Test]
    public async Task Hops_OfAWellDeployment_Pass()
    {
        Assert.That(await EntryAsync(), Is.InstanceOf<Finding.Passed>());
        Assert.That(await MessageAsync(), Is.EqualTo(new Finding.Passed("eventarc-1 pushes; 42 messages wait")));
        Assert.That(await FunctionAsync(), Is.InstanceOf<Finding.Passed>());
    }

    [Test]
    public async Task Entry_KeptInTheLog_IsLookedForByItsMark()
    {
        _cloud.Answers[ScriptedCloud.Entries] = JsonNode.Parse("""{"entries":[{"insertId":"1"}]}""");

        Assert.That(((Finding.Passed)await EntryAsync()).Detail, Does.StartWith("logged"));
        Assert.That((string?)JsonNode.Parse(_cloud.Requests.Single(r => r.Method == "POST").Body)!["filter"], Does.Contain($"httpRequest.requestUrl:\"{_hit.Mark}\""));
    }

    [TestCase("destination", "pubsub.googleapis.com/projects/acme/topics/other")]
    [TestCase("disabled", true)]
    public async Task Entry_SinkLeadsElsewhere_IsBroken(string property, object value)
    {
        _cloud.Answers[ScriptedCloud.Sink]![property] = JsonValue.Create(value);

        AssertBroken(await EntryAsync(), "sink", "deploy/up.sh --only sink");
    }

    [Test]
    public async Task Entry_SinkWithoutGrant_IsBroken()
    {
        _cloud.Answers[ScriptedCloud.TopicPolicy] = JsonNode.Parse("""{"bindings":[{"role":"roles/pubsub.publisher","members":["serviceAccount:other@x"]}]}""");

        AssertBroken(await EntryAsync(), "drops every entry", "deploy/up.sh --only sink_grant");
    }

    [Test]
    public async Task Message_NobodyPushes_IsBroken()
    {
        _cloud.Answers[ScriptedCloud.Subscription]!["pushConfig"] = new JsonObject();

        AssertBroken(await MessageAsync(), "0 subscriptions push", "deploy/up.sh --only pixel_function");
    }

    [Test]
    public async Task Message_TwoPush_IsBroken()
    {
        _cloud.Answers[ScriptedCloud.OtherSubscription]!["pushConfig"]!["pushEndpoint"] = "https://y";

        AssertBroken(await MessageAsync(), "2 subscriptions push", "deploy/up.sh --only delivery");
    }

    [Test]
    public async Task Message_DeadLettersForgotten_IsBroken()
    {
        _cloud.Answers[ScriptedCloud.Subscription]!.AsObject().Remove("deadLetterPolicy");

        AssertBroken(await MessageAsync(), "no dead letters", "deploy/up.sh --only delivery");
    }

    [Test]
    public async Task Hops_WithoutAFunction_Pass()
    {
        MakeDirect();
        Assert.That(await MessageAsync(), Is.EqualTo(new Finding.Passed("eventarc-1 transforms and writes; 42 messages wait")));
        Assert.That(await FunctionAsync(), Is.EqualTo(new Finding.Passed("none: MODE=direct, the subscription makes the rows")));
        AssertBroken(await _cloud.Probe.ExplainMissingRowAsync(_hit, CancellationToken.None), "dead letters", "deploy/status.sh");
    }

    [TestCase("bigqueryConfig", """{"table":"acme.pixels_dev.pixel","state":"PERMISSION_DENIED"}""", "cannot write to BigQuery: PERMISSION_DENIED")]
    [TestCase("messageTransforms", "[]", "has no transform")]
    [TestCase("messageTransforms", """[{"javascriptUdf":{"functionName":"f"},"disabled":true}]""", "has no transform")]
    [TestCase("deadLetterPolicy", "null", "has no dead letters")]
    [TestCase("pushConfig", """{"pushEndpoint":"https://x"}""", "each event stands twice")]
    public async Task Message_OfADirectSubscriptionThatIsAmiss_IsBroken(string property, string value, string cause)
    {
        MakeDirect();
        _cloud.Answers[ScriptedCloud.Subscription]![property] = JsonNode.Parse(value);

        AssertBroken(await MessageAsync(), cause, "deploy/up.sh");
    }

    [Test]
    public async Task Function_Missing_IsBroken()
    {
        _cloud.Answers[ScriptedCloud.Functions] = new JsonObject();

        AssertBroken(await FunctionAsync(), "is missing", "deploy/up.sh --only pixel_function");
    }

    [Test]
    public async Task Function_WithoutRetry_IsBroken()
    {
        _cloud.Answers[ScriptedCloud.Functions]!["functions"]![0]!["eventTrigger"]!["retryPolicy"] = "RETRY_POLICY_DO_NOT_RETRY";

        AssertBroken(await FunctionAsync(), "does not retry", "deploy/up.sh --only pixel_function");
    }

    [Test]
    public async Task Function_BeingDeployed_IsWaitedFor()
    {
        _cloud.Answers[ScriptedCloud.Functions]!["functions"]![0]!["state"] = "DEPLOYING";

        Assert.That(await FunctionAsync(), Is.InstanceOf<Finding.NotYet>());
    }

    [Test]
    public async Task MissingRow_FunctionLoggedTrouble_IsExplainedByIt()
    {
        _cloud.Answers[ScriptedCloud.Entries] = JsonNode.Parse("""{"entries":[{"jsonPayload":{"message":"no access to the dataset"}}]}""");

        AssertBroken(await _cloud.Probe.ExplainMissingRowAsync(_hit, CancellationToken.None), "no access to the dataset", "gcloud logging read");
    }

    [Test]
    public void Question_NotAllowed_SaysWhatIsNeeded()
    {
        _cloud.Answers[ScriptedCloud.Functions] = null;

        Assert.That(FunctionAsync, Throws.TypeOf<CommandException>().With.Message.Contains("403").And.Message.Contains("Viewer"));
    }

    [Test]
    public void Dataset_NotOfADeployment_NamesTheFlag() => Assert.That(
        () => new CloudProbe(null!, "acme", "events"), Throws.TypeOf<CommandException>().With.Message.Contains("--dataset"));

    private void MakeDirect()
    {
        var subscription = _cloud.Answers[ScriptedCloud.Subscription]!;
        subscription["pushConfig"] = new JsonObject();
        subscription["bigqueryConfig"] = JsonNode.Parse("""{"table":"acme.pixels_dev.pixel","state":"ACTIVE"}""");
        subscription["messageTransforms"] = JsonNode.Parse("""[{"javascriptUdf":{"functionName":"toRow"}}]""");
    }

    private Task<Finding> EntryAsync() => _cloud.Probe.FindEntryAsync(_hit, CancellationToken.None);

    private Task<Finding> MessageAsync() => _cloud.Probe.FindMessageAsync(_hit, CancellationToken.None);

    private Task<Finding> FunctionAsync() => _cloud.Probe.FindFunctionAsync(CancellationToken.None);

    private static void AssertBroken(Finding finding, string cause, string remedy)
    {
        Assert.That(finding, Is.InstanceOf<Finding.Broken>());
        Assert.That(((Finding.Broken)finding).Cause, Does.Contain(cause));
        Assert.That(((Finding.Broken)finding).Remedy, Does.StartWith(remedy));
    }
}
