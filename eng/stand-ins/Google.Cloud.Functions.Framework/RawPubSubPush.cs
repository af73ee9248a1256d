using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CloudNative.CloudEvents;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Google.Cloud.Functions.Framework;

/// <summary>
/// What a plain push subscription and the Pub/Sub emulator send: the event's JSON without any header of CloudEvents.
/// </summary>
internal static partial class RawPubSubPush
{
    private const string UnknownTopic = "projects/unknown-project!/topics/unknown-topic!";
    private const string Json = "application/json";

    private static readonly CloudEventAttribute TopicAttribute =
        CloudEventAttribute.CreateExtension("topic", CloudEventAttributeType.String);

    /// <exception cref="ArgumentException">The request is no push of a message.</exception>
    /// <exception cref="JsonException">The body is not JSON.</exception>
    internal static CloudEvent Read(HttpRequest request, ReadOnlyMemory<byte> body, CloudEventFormatter formatter, ILogger logger)
    {
        if (request.ContentType != Json)
        {
            throw new ArgumentException("The request holds no CloudEvent.");
        }

        var (message, subscription) = Parse(body);
        var id = message.TryGetValue("messageId", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString() : null;
        var topic = Topic(request.Path, logger);
        var cloudEvent = new CloudEvent
        {
            Id = string.IsNullOrEmpty(id) ? throw new ArgumentException("A push of Pub/Sub has 'message.messageId'.") : id,
            Type = "google.cloud.pubsub.topic.v1.messagePublished",
            Source = new Uri($"//pubsub.googleapis.com/{topic}", UriKind.RelativeOrAbsolute),
            Time = Published(message),
            DataContentType = Json,
            [TopicAttribute] = topic[(topic.LastIndexOf('/') + 1)..],
        };

        // Written anew from what was read, as in the real framework: a byte order mark and bytes that are no UTF-8 are
        // gone by now, and numbers stand as they stood.
        formatter.DecodeBinaryModeEventData(JsonSerializer.SerializeToUtf8Bytes(new { message, subscription }), cloudEvent);
        return cloudEvent;
    }

    private static (Dictionary<string, JsonElement> Message, string Subscription) Parse(ReadOnlyMemory<byte> body)
    {
        using var reader = new StreamReader(new MemoryStream(body.ToArray(), writable: false));
        var push = JsonSerializer.Deserialize<RawPush>(reader.ReadToEnd());
        if (push?.Message is not { } message || push.Subscription is not { } subscription)
        {
            throw new ArgumentException("A push of Pub/Sub has 'message' and 'subscription'.");
        }

        return push.HasMoreThanAMessage
            ? throw new ArgumentException("A push of Pub/Sub has nothing of a first-generation event beside its message.")
            : (message, subscription);
    }

    private static string Topic(PathString path, ILogger logger)
    {
        var topic = path.Value is { Length: > 1 } value ? value[1..] : "";
        if (TopicName().IsMatch(topic))
        {
            return topic;
        }

        logger.LogWarning("The request's path is not the name of a Pub/Sub topic; the event names the topic '{Topic}'", UnknownTopic);
        return UnknownTopic;
    }

    // A time with more digits than microseconds leaves the event without one; the message keeps it whole.
    private static DateTimeOffset? Published(Dictionary<string, JsonElement> message) =>
        message.TryGetValue("publishTime", out var text)
        && text.ValueKind == JsonValueKind.String
        && DateTimeOffset.TryParseExact(
            text.GetString(),
            "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time)
            ? time
            : null;

    [GeneratedRegex("^projects/[^/]+/topics/[^/]+$", RegexOptions.CultureInvariant)]
    private static partial Regex TopicName();
}
