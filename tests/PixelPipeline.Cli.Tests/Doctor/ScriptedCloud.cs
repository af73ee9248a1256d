using System.Text.Json.Nodes;
using PixelPipeline.Cli.Doctor;
using PixelPipeline.GoogleCloud.Tests.ClientContract;

namespace PixelPipeline.Cli.Tests.Doctor;

/// <summary>Google's APIs as they answer about a deployment that is well; a test changes what is not.</summary>
internal sealed class ScriptedCloud : IAsyncDisposable
{
    private const string Topic = "projects/acme/topics/pixel-dev";
    private readonly ScriptedServer _server;
    private readonly GoogleApi _api;

    public ScriptedCloud()
    {
        _server = new ScriptedServer(request => Answers.TryGetValue(request.Target.Split('?')[0][1..], out var json)
            ? json is null ? Answer.Error(403, "forbidden") : Answer.Json(200, json.ToJsonString())
            : Answer.Error(404, "notFound"));
        _api = new GoogleApi(new HttpClient(), new Uri($"http://127.0.0.1:{_server.Port}/"));
        Probe = new CloudProbe(_api, "acme", "pixels_dev");
    }

    /// <summary>By service and path, what is answered: null for "forbidden".</summary>
    public Dictionary<string, JsonNode?> Answers { get; } = new()
    {
        [Sink] = JsonNode.Parse($$"""{"name":"pixel-dev","destination":"pubsub.googleapis.com/{{Topic}}","writerIdentity":"serviceAccount:sink@x"}"""),
        [TopicPolicy] = JsonNode.Parse("""{"bindings":[{"role":"roles/pubsub.publisher","members":["serviceAccount:sink@x"]}]}"""),
        [Entries] = new JsonObject(),
        [$"pubsub.googleapis.com/v1/{Topic}/subscriptions"] = JsonNode.Parse("""{"subscriptions":["projects/acme/subscriptions/eventarc-1","projects/acme/subscriptions/lake"]}"""),
        [Subscription] = JsonNode.Parse("""{"name":"projects/acme/subscriptions/eventarc-1","pushConfig":{"pushEndpoint":"https://x"},"deadLetterPolicy":{"maxDeliveryAttempts":100}}"""),
        [OtherSubscription] = JsonNode.Parse("""{"name":"projects/acme/subscriptions/lake","pushConfig":{},"cloudStorageConfig":{"bucket":"b"}}"""),
        ["monitoring.googleapis.com/v3/projects/acme/timeSeries"] = JsonNode.Parse("""{"timeSeries":[{"points":[{"value":{"int64Value":"42"}}]}]}"""),
        [Functions] = JsonNode.Parse("""{"functions":[{"name":"projects/acme/locations/us-central1/functions/pixel-dev","state":"ACTIVE","eventTrigger":{"retryPolicy":"RETRY_POLICY_RETRY"}}]}"""),
    };

    public const string Sink = "logging.googleapis.com/v2/projects/acme/sinks/pixel-dev";
    public const string Entries = "logging.googleapis.com/v2/entries:list";
    public const string TopicPolicy = $"pubsub.googleapis.com/v1/{Topic}:getIamPolicy";
    public const string Subscription = "pubsub.googleapis.com/v1/projects/acme/subscriptions/eventarc-1";
    public const string OtherSubscription = "pubsub.googleapis.com/v1/projects/acme/subscriptions/lake";
    public const string Functions = "cloudfunctions.googleapis.com/v2/projects/acme/locations/-/functions";

    public CloudProbe Probe { get; }

    public IReadOnlyList<ScriptedRequest> Requests => _server.Requests;

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _server.DisposeAsync();
    }
}
