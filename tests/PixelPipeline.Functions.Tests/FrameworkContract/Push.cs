using System.Text;
using System.Text.Json;

namespace PixelPipeline.Functions.Tests.FrameworkContract;

/// <summary>Requests as Eventarc and Pub/Sub send them.</summary>
internal static class Push
{
    internal const string Topic = "//pubsub.googleapis.com/projects/p/topics/pixel-hits";

    /// <summary>A message in Pub/Sub's JSON, with both spellings of its fields and some that no class knows.</summary>
    internal static string Body(string text = "hello") => Body(Encoding.UTF8.GetBytes(text));

    internal static string Body(byte[] data, string messageId = "m-1") => $$$"""
        {"message":{"data":"{{{Convert.ToBase64String(data)}}}","attributes":{"a":"1"},"messageId":"{{{messageId}}}","message_id":"{{{messageId}}}",
        "publishTime":"2026-01-02T03:04:05.678Z","publish_time":"2026-01-02T03:04:05.678Z","orderingKey":"k","unknown":{"deep":[1,{}]}},
        "subscription":"projects/p/subscriptions/s","deliveryAttempt":3}
        """;

    internal static HttpRequestMessage Binary(
        string body, string path = "/", string? without = null, string contentType = "application/json") =>
        Event(Raw(body, path, contentType), without);

    internal static HttpRequestMessage BinaryBytes(byte[] body, string contentType = "application/json") =>
        Event(Raw(body, "/", contentType));

    /// <summary>The request with a header set, as it stands and in place of one that is there.</summary>
    internal static HttpRequestMessage With(this HttpRequestMessage request, string name, string value)
    {
        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    internal static HttpRequestMessage Structured(string data) => Raw(
        $$"""{"specversion":"1.0","id":"e-1","type":"t","source":"{{Topic}}","subject":"s","data":{{data}}}""",
        "/",
        "application/cloudevents+json; charset=utf-8");

    /// <summary>A structured event with these members beside its required ones.</summary>
    internal static HttpRequestMessage StructuredWith(string members) => Raw(
        $$"""{"specversion":"1.0","id":"e-1","type":"t","source":"{{Topic}}",{{members}}}""", "/", "application/cloudevents+json");

    internal static HttpRequestMessage Raw(string body, string path = "/", string contentType = "application/json") =>
        Raw(Encoding.UTF8.GetBytes(body), path, contentType);

    /// <summary>A raw push with a member beside its message and subscription.</summary>
    internal static HttpRequestMessage RawWith(string member) =>
        Raw($$$"""{"message":{"messageId":"1"},"subscription":"s",{{{member}}}}""");

    /// <summary>What <see cref="Seen"/> told: the event or the data.</summary>
    internal static JsonElement Told(this HttpResponseMessage response, string header) =>
        JsonSerializer.Deserialize<JsonElement>(response.Headers.GetValues(header).Single());

    private static HttpRequestMessage Raw(byte[] body, string path, string contentType)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
    }

    private static HttpRequestMessage Event(HttpRequestMessage request, string? without = null)
    {
        foreach (var (name, value) in (IEnumerable<(string, string)>)[
            ("ce-specversion", "1.0"),
            ("ce-id", "e-1"),
            ("ce-type", "google.cloud.pubsub.topic.v1.messagePublished"),
            ("ce-source", Topic),
            ("ce-time", "2026-01-02T03:04:05.678Z")])
        {
            if (name != without)
            {
                request.Headers.Add(name, value);
            }
        }

        return request;
    }
}
