using System.Text.Json;
using System.Text.Json.Serialization;

namespace Google.Cloud.Functions.Framework;

/// <summary>The body of a push, with the fields of first-generation events that none may have.</summary>
internal sealed class RawPush
{
    [JsonPropertyName("message")]
    public Dictionary<string, JsonElement>? Message { get; set; }

    [JsonPropertyName("subscription")]
    public string? Subscription { get; set; }

    [JsonPropertyName("data")]
    public Dictionary<string, JsonElement>? Data { get; set; }

    [JsonPropertyName("context")]
    public Dictionary<string, JsonElement>? Context { get; set; }

    [JsonPropertyName("domain")]
    public string? Domain { get; set; }

    [JsonPropertyName("eventId")]
    public string? EventId { get; set; }

    [JsonPropertyName("eventType")]
    public string? EventType { get; set; }

    [JsonPropertyName("params")]
    public object? Params { get; set; }

    [JsonPropertyName("timestamp")]
    public DateTimeOffset? Timestamp { get; set; }

    internal bool HasMoreThanAMessage =>
        Data is not null || Context is not null || Domain is not null || EventId is not null || EventType is not null
        || Params is not null || Timestamp is not null;
}
