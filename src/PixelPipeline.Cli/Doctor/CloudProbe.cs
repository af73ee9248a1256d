using System.Globalization;
using System.Text.Json.Nodes;

namespace PixelPipeline.Cli.Doctor;

/// <summary>The pipeline that <c>deploy/up.sh</c> has made, seen through Google's APIs.</summary>
internal sealed class CloudProbe : IPipelineProbe
{
    private const string Logging = "logging.googleapis.com";
    private const string PubSub = "pubsub.googleapis.com";
    private const string DatasetPrefix = "pixels_";

    private readonly GoogleApi _api;
    private readonly string _project;
    private readonly string _name;
    private bool _isDirect;

    /// <summary>A probe of the pipeline that <c>deploy/up.sh</c> made; its names follow from the dataset's.</summary>
    /// <param name="api">Asks Google.</param>
    /// <param name="project">The project.</param>
    /// <param name="datasetId"><c>pixels_STAGE</c>: from it all other names follow, as in deploy/lib/settings.sh.</param>
    /// <exception cref="CommandException">deploy/up.sh makes no dataset of this name.</exception>
    public CloudProbe(GoogleApi api, string project, string datasetId)
    {
        _api = api;
        _project = project;
        _name = datasetId.StartsWith(DatasetPrefix, StringComparison.Ordinal)
            ? "pixel-" + datasetId[DatasetPrefix.Length..]
            : throw new CommandException("With --project, --dataset must be pixels_STAGE, such as pixels_dev: the other names follow from it.");
    }

    public Remedies Remedies { get; } = new(
        NoAnswer: "deploy/status.sh: it names what is missing, and whether the certificate is active",
        WrongAnswer: "deploy/up.sh --only static_object",
        Caching: "deploy/up.sh --only static_object",
        NoBigQuery: "deploy/status.sh",
        NoTable: "deploy/up.sh",
        OtherColumns: _ => "deploy/up.sh, which adds new columns and explains what cannot be changed, and brings the function up to date");

    /// <summary>Entries are kept out of the project's own log by design: what counts is that the sink passes them on.</summary>
    public async Task<Finding> FindEntryAsync(MarkedHit hit, CancellationToken cancellationToken)
    {
        var sink = await _api.GetAsync(Logging, $"v2/projects/{_project}/sinks/{_name}", cancellationToken);
        var topic = $"projects/{_project}/topics/{_name}";
        if (sink is null || (bool?)sink["disabled"] == true || (string?)sink["destination"] != $"pubsub.googleapis.com/{topic}")
        {
            return new Finding.Broken($"the log sink {_name} {(sink is null ? "is missing" : "is disabled or leads elsewhere")}", "deploy/up.sh --only sink");
        }

        var policy = await _api.GetAsync(PubSub, $"v1/{topic}:getIamPolicy", cancellationToken);
        if (policy is null || !Members(policy, "roles/pubsub.publisher").Contains((string?)sink["writerIdentity"]))
        {
            return new Finding.Broken("the log sink may not publish to the topic: it drops every entry and says nothing", "deploy/up.sh --only sink_grant");
        }

        var entry = await FirstEntryAsync($"httpRequest.requestUrl:\"{hit.Mark}\"", hit, cancellationToken);
        return new Finding.Passed(entry is null ? "passed on by the sink, and kept nowhere, as deployed" : "logged, and passed on by the sink");
    }

    public async Task<Finding> FindMessageAsync(MarkedHit hit, CancellationToken cancellationToken)
    {
        var subscriptions = await SubscriptionsAsync(cancellationToken);
        var pushing = subscriptions.FindAll(s => s["pushConfig"]?["pushEndpoint"] is not null);
        var writing = subscriptions.FindAll(s => s["bigqueryConfig"]?["table"] is not null);
        _isDirect = writing.Count > 0;
        if (_isDirect && pushing.Count > 0)
        {
            return new Finding.Broken($"{NameOf(writing[0])} and {NameOf(pushing[0])} both make rows of topic {_name}: each event stands twice", "deploy/up.sh, which ends the one that MODE does not name");
        }

        if (_isDirect)
        {
            return FindTransform(writing[0]) is { } broken ? broken : new Finding.Passed($"{NameOf(writing[0])} transforms and writes; {await BacklogAsync(NameOf(writing[0]), cancellationToken)}");
        }

        if (pushing is not [var subscription])
        {
            return new Finding.Broken($"{pushing.Count} subscriptions push from topic {_name}: it must be one", pushing.Count == 0 ? "deploy/up.sh --only pixel_function" : "deploy/up.sh --only delivery, which names them");
        }

        return subscription["deadLetterPolicy"] is null
            ? new Finding.Broken("the subscription has no dead letters (a deployment makes it anew): messages end after 7 days", "deploy/up.sh --only delivery")
            : new Finding.Passed($"{NameOf(subscription)} pushes; {await BacklogAsync(NameOf(subscription), cancellationToken)}");
    }

    /// <summary>What is wrong with a subscription that makes rows by itself; null where nothing is.</summary>
    private static Finding.Broken? FindTransform(JsonNode subscription)
    {
        const string Remedy = "deploy/up.sh --only rows";
        var state = (string?)subscription["bigqueryConfig"]!["state"];
        return state != "ACTIVE" ? new Finding.Broken($"{NameOf(subscription)} cannot write to BigQuery: {state}", Remedy)
            : !Items(subscription, "messageTransforms").Any(t => t["javascriptUdf"] is not null && (bool?)t["disabled"] != true) ? new Finding.Broken($"{NameOf(subscription)} has no transform: log entries fit no table", Remedy)
            : subscription["deadLetterPolicy"] is null ? new Finding.Broken("the subscription has no dead letters: what the transform refuses comes for 7 days and is gone", Remedy)
            : null;
    }

    public async Task<Finding> FindFunctionAsync(CancellationToken cancellationToken)
    {
        if (_isDirect)
        {
            return new Finding.Passed("none: MODE=direct, the subscription makes the rows");
        }

        var listed = await _api.GetAsync("cloudfunctions.googleapis.com", $"v2/projects/{_project}/locations/-/functions", cancellationToken);
        var function = Items(listed, "functions").FirstOrDefault(f => NameOf(f) == _name);
        return function switch
        {
            null => new Finding.Broken($"the function {_name} is missing", "deploy/up.sh --only pixel_function"),
            _ when (string?)function["state"] != "ACTIVE" => new Finding.NotYet($"the function {_name} is {(string?)function["state"]}", "deploy/up.sh --only pixel_function"),
            _ when (string?)function["eventTrigger"]?["retryPolicy"] != "RETRY_POLICY_RETRY" => new Finding.Broken("the function does not retry: a failed event is gone", "deploy/up.sh --only pixel_function"),
            _ => new Finding.Passed($"{_name} is active, and retries"),
        };
    }

    public async Task<Finding.Broken> ExplainMissingRowAsync(MarkedHit hit, CancellationToken cancellationToken)
    {
        if (_isDirect)
        {
            return new Finding.Broken("no row yet: a log sink takes up to a minute; what the transform or BigQuery refuses goes to the dead letters after 100 tries", "deploy/status.sh, which tells how many dead letters there are");
        }

        var filter = $"resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"{_name}\" AND severity>=WARNING";
        var entry = await FirstEntryAsync(filter, hit, cancellationToken);
        var said = (string?)entry?["jsonPayload"]?["message"] ?? (string?)entry?["textPayload"];
        return new Finding.Broken(
            said is null ? "no row yet, and the function has logged no trouble: a log sink takes up to a minute, a cold start some seconds" : $"no row; the function says: {said}",
            $"gcloud logging read 'resource.labels.service_name=\"{_name}\" AND severity>=WARNING' --project={_project} --limit=20 --freshness=1h");
    }

    private async Task<JsonNode?> FirstEntryAsync(string filter, MarkedHit hit, CancellationToken cancellationToken)
    {
        var since = (hit.SentAt - TimeSpan.FromMinutes(1)).UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        var question = new JsonObject
        {
            ["resourceNames"] = new JsonArray($"projects/{_project}"),
            ["filter"] = $"timestamp>=\"{since}\" AND {filter}",
            ["orderBy"] = "timestamp desc",
            ["pageSize"] = 1,
        };
        return Items(await _api.PostAsync(Logging, "v2/entries:list", question, cancellationToken), "entries").FirstOrDefault();
    }

    private async Task<List<JsonNode>> SubscriptionsAsync(CancellationToken cancellationToken)
    {
        var found = new List<JsonNode>();
        foreach (var name in Items(await _api.GetAsync(PubSub, $"v1/projects/{_project}/topics/{_name}/subscriptions", cancellationToken), "subscriptions"))
        {
            if (await _api.GetAsync(PubSub, $"v1/{(string?)name}", cancellationToken) is { } subscription)
            {
                found.Add(subscription);
            }
        }

        return found;
    }

    /// <summary>A few minutes old, as all of Monitoring's figures are.</summary>
    private async Task<string> BacklogAsync(string subscription, CancellationToken cancellationToken)
    {
        var filter = $"metric.type=\"pubsub.googleapis.com/subscription/num_undelivered_messages\" AND resource.labels.subscription_id=\"{subscription}\"";
        var now = DateTime.UtcNow;
        var path = string.Create(CultureInfo.InvariantCulture, $"v3/projects/{_project}/timeSeries?filter={Uri.EscapeDataString(filter)}&interval.startTime={now.AddMinutes(-10):s}Z&interval.endTime={now:s}Z");
        var series = Items(await _api.GetAsync("monitoring.googleapis.com", path, cancellationToken), "timeSeries").FirstOrDefault();
        return (string?)series?["points"]?[0]?["value"]?["int64Value"] is { } waiting ? $"{waiting} messages wait" : "nothing is known to wait";
    }

    private static IEnumerable<string?> Members(JsonNode policy, string role) =>
        Items(policy, "bindings").Where(b => (string?)b["role"] == role).SelectMany(b => Items(b, "members")).Select(m => (string?)m);

    private static IEnumerable<JsonNode> Items(JsonNode? node, string property) => (node?[property] as JsonArray ?? []).OfType<JsonNode>();

    private static string NameOf(JsonNode resource) => ((string?)resource["name"] ?? "").Split('/')[^1];
}
