using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace PixelPipeline.Soak.Delivery;

/// <summary>The HTTP request by which Eventarc delivers a message.</summary>
internal static class PushRequest
{
    public static HttpRequestMessage Create(Uri function, int index, byte[] entry)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, function) { Content = new ByteArrayContent(Body(index, entry)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in CloudEvent(index))
        {
            request.Headers.Add(name, value);
        }

        return request;
    }

    /// <summary>Sends half of the request and resets the connection.</summary>
    public static async Task SendHalfAsync(Uri function, int index, byte[] entry, CancellationToken cancellationToken)
    {
        var body = Body(index, entry);
        var headers = new StringBuilder($"POST / HTTP/1.1\r\nHost: {function.Authority}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n");
        foreach (var (name, value) in CloudEvent(index))
        {
            headers.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        byte[] request = [.. Encoding.ASCII.GetBytes(headers.Append("\r\n").ToString()), .. body];
        using var client = new TcpClient { LingerState = new LingerOption(enable: true, seconds: 0) };
        await client.ConnectAsync(function.Host, function.Port, cancellationToken);
        await client.GetStream().WriteAsync(request.AsMemory(0, request.Length - (body.Length / 2)), cancellationToken);
    }

    private static byte[] Body(int index, byte[] entry) => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"message":{"data":"{{Convert.ToBase64String(entry)}}","attributes":{"logging.googleapis.com/timestamp":"x"},"messageId":"{{index}}","message_id":"{{index}}"},"subscription":"projects/local/subscriptions/pixel-function"}"""));

    private static (string Name, string Value)[] CloudEvent(int index) =>
    [
        ("ce-specversion", "1.0"), ("ce-id", index.ToString(CultureInfo.InvariantCulture)),
        ("ce-type", "google.cloud.pubsub.topic.v1.messagePublished"), ("ce-source", "//pubsub.googleapis.com/projects/local/topics/pixel-hits"),
    ];
}
