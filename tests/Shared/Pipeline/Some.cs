using System.Text;
using System.Text.Json.Nodes;
using PixelPipeline.Events;
using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace PixelPipeline.Testing;

/// <summary>Things that a test needs some of; it names only what it is about.</summary>
internal static class Some
{
    public const string UserId = "507f1f77bcf86cd799439011";
    public const string PixelUrl = "https://track.example.com/pixel.png";
    public const string RequestUrl = PixelUrl + "?user_id=" + UserId + "&type=click";
    public const string Timestamp = "2026-11-20T11:12:28.408747Z";

    /// <summary>A log entry as Cloud Logging publishes it; a null field is left out.</summary>
    public static byte[] LogEntry(
        string? requestUrl = RequestUrl, string? requestMethod = "GET", string? userAgent = "Mozilla/5.0", string? referer = null,
        string? remoteIp = "203.0.113.7", string? insertId = "1a2b3c", string? timestamp = Timestamp, JsonObject? jsonPayload = null)
    {
        var httpRequest = new JsonObject();
        Add(httpRequest, "requestMethod", requestMethod);
        Add(httpRequest, "requestUrl", requestUrl);
        Add(httpRequest, "userAgent", userAgent);
        Add(httpRequest, "referer", referer);
        Add(httpRequest, "remoteIp", remoteIp);
        var entry = new JsonObject { ["httpRequest"] = httpRequest, ["jsonPayload"] = jsonPayload ?? [] };
        Add(entry, "insertId", insertId);
        Add(entry, "timestamp", timestamp);
        return Encoding.UTF8.GetBytes(entry.ToJsonString());
    }

    /// <summary>A hit with this query.</summary>
    public static byte[] Hit(string query) => LogEntry(requestUrl: $"{PixelUrl}?{query}");

    /// <summary>An entry whose <c>jsonPayload.event</c> is this JSON.</summary>
    public static byte[] CollectedEvent(string json) =>
        LogEntry(requestUrl: null, requestMethod: null, jsonPayload: new JsonObject { ["event"] = JsonNode.Parse(json) });

    /// <summary>The schema that ships.</summary>
    public static EventSchema ShippedSchema() => EventSchema.Parse(ShippedFile.Read("deploy/schema.json"), "schema.json");

    /// <summary>A schema of <c>event_id</c>, <c>event_time</c>, a required <c>user_id</c> and these, such as <c>age INTEGER</c>.</summary>
    public static EventSchema Schema(params string[] columns)
    {
        string[] all = ["event_id STRING REQUIRED", "event_time TIMESTAMP REQUIRED", "user_id STRING REQUIRED", .. columns];
        var json = new JsonArray([.. all.Select(c => c.Split(' ')).Select(c =>
            new JsonObject { ["name"] = c[0], ["type"] = c[1], ["mode"] = c.Length > 2 ? c[2] : "NULLABLE" })]);
        return EventSchema.Parse(Encoding.UTF8.GetBytes(json.ToJsonString()), "schema.json");
    }

    public static TableLayout Layout(EventSchema schema, string pattern = SuffixPattern.Default) =>
        new TableLayout.Template("pixel", SuffixPattern.Parse(pattern, schema));

    public static PixelProcessor Processor(EventSchema? schema = null, string pattern = SuffixPattern.Default)
    {
        schema ??= ShippedSchema();
        return new PixelProcessor(schema, Layout(schema, pattern), "/pixel.png");
    }

    /// <summary>A row of the shipped schema; <paramref name="padding"/> characters make it larger.</summary>
    public static EventRow Row(string insertId = "1a2b3c", string userId = UserId, int padding = 0)
    {
        var entry = LogEntry(requestUrl: $"{PixelUrl}?user_id={userId}&order_id={new string('x', padding)}", insertId: insertId);
        return ((EntryOutcome.Written)ShippedProcessor.Process(entry)).Row;
    }

    /// <summary>A seed, printed so that a failure can be repeated: <c>dotnet test -- TestRunParameters.Parameter(name="seed", value="5")</c>.</summary>
    public static int Seed()
    {
        var seed = TestContext.Parameters.Get("seed", Environment.TickCount);
        TestContext.Out.WriteLine($"seed {seed}");
        return seed;
    }

    private static PixelProcessor ShippedProcessor { get; } = Processor();

    private static void Add(JsonObject to, string name, string? value)
    {
        if (value is not null)
        {
            to[name] = value;
        }
    }
}
