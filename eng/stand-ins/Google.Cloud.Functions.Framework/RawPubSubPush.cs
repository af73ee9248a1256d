using System.Text.Json;
using System.Text.RegularExpressions;
using CloudNative.CloudEvents;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Google.Cloud.Functions.Framework;

/// <summary>
/// What a plain push subscription and the Pub/Sub emulator send: the event's JSON without any header of CloudEvents.
/// The body is the event's data as it stands, so only the message id and time are looked for here.
/// </summary>
internal static partial class RawPubSubPush
{
    private const string UnknownTopic = "projects/unknown-project!/topics/unknown-topic!";

    /// <exception cref="ArgumentException">The request is no push of a message.</exception>
    /// <exception cref="JsonException">The body is not JSON.</exception>
    internal static CloudEvent Read(HttpRequest request, ReadOnlyMemory<byte> body, ILogger logger)
    {
        if (request.ContentType != "application/json")
        {
            throw new ArgumentException("The request holds no CloudEvent.");
        }

        var (id, published) = Message(body.Span);
        return new CloudEvent
        {
            Id = id,
            Type = "google.cloud.pubsub.topic.v1.messagePublished",
            Source = new Uri($"//pubsub.googleapis.com/{Topic(request.Path, logger)}", UriKind.RelativeOrAbsolute),
            Time = published,
            DataContentType = "application/json",
        };
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

    private static (string Id, DateTimeOffset? Published) Message(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        string? id = null;
        DateTimeOffset? published = null;
        var subscription = false;
        reader.Read();
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (reader.CurrentDepth == 1)
            {
                subscription |= reader.ValueTextEquals("subscription"u8);
                var isMessage = reader.ValueTextEquals("message"u8);
                reader.Read();
                if (!isMessage)
                {
                    reader.Skip();
                }
            }
            else if (reader.ValueTextEquals("messageId"u8))
            {
                reader.Read();
                id = reader.GetString();
            }
            else if (reader.ValueTextEquals("publishTime"u8))
            {
                reader.Read();
                published = reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var time) ? time : null;
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return id is { Length: > 0 } && subscription
            ? (id, published)
            : throw new ArgumentException("A push of Pub/Sub has 'message.messageId' and 'subscription'.");
    }

    [GeneratedRegex("^projects/[^/]+/topics/[^/]+$", RegexOptions.CultureInvariant)]
    private static partial Regex TopicName();
}
