using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace PixelPipeline.Local.PubSub;

/// <summary>
/// Makes the HTTP request that brings a message to a function: a CloudEvent in binary mode, as Eventarc pushes it
/// (<see href="https://cloud.google.com/eventarc/docs/cloudevents"/>).
/// </summary>
internal sealed class EventarcRequest(PushSubscriptionOptions options)
{
    private readonly string _source = $"//pubsub.googleapis.com/{options.TopicName}";

    /// <summary>The same message gives the same bytes each time.</summary>
    /// <param name="messageId">Digits.</param>
    /// <param name="entry">The log entry and what the sink read from it.</param>
    public HttpRequestMessage Create(string messageId, SinkEntry entry)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, options.Endpoint)
        {
            Content = Body(messageId, entry),
            Version = HttpVersion.Version11,
        };
        request.Headers.Add("ce-specversion", "1.0");
        request.Headers.Add("ce-type", "google.cloud.pubsub.topic.v1.messagePublished");
        request.Headers.Add("ce-source", _source);
        request.Headers.Add("ce-id", messageId);
        if (entry.PublishTime is { } time)
        {
            request.Headers.TryAddWithoutValidation("ce-time", time);
        }

        return request;
    }

    private ReadOnlyMemoryContent Body(string messageId, SinkEntry entry)
    {
        var body = new ArrayBufferWriter<byte>(entry.Bytes.Length / 3 * 4 + 512);
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        json.WriteStartObject("message");
        json.WriteBase64String("data", entry.Bytes.Span);
        entry.WriteAttributes(json);
        json.WriteString("messageId", messageId);
        json.WriteString("message_id", messageId);
        if (entry.PublishTime is { } time)
        {
            json.WriteString("publishTime", time);
            json.WriteString("publish_time", time);
        }

        json.WriteEndObject();
        json.WriteString("subscription", options.SubscriptionName);
        json.WriteEndObject();
        json.Flush();
        return new ReadOnlyMemoryContent(body.WrittenMemory)
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
        };
    }
}
