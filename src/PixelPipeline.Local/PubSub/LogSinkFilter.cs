using System.Text.Json;
using PixelPipeline.Local.LoadBalancer;

namespace PixelPipeline.Local.PubSub;

/// <summary>
/// What the log sink publishes: GET requests of the pixel that a load balancer logged, and none of those that the CDN
/// makes on its own behalf. The same as the sink's filter in the cloud,
/// <c>resource.type="http_load_balancer" AND httpRequest.requestMethod="GET" AND</c> the path. What the collector
/// published, an entry with <c>jsonPayload.event</c>, is on the topic already: in the cloud it takes no sink.
/// </summary>
/// <param name="pixelPath">Compared with the path as it was sent, without decoding: <c>/pixel.png</c>.</param>
internal sealed class LogSinkFilter(string pixelPath)
{
    /// <summary>
    /// False for an entry that is not published; also for a line that is no JSON object. True for one whose text cannot
    /// be looked at for not being Unicode, a lone surrogate or a byte that is no UTF-8: the function reads any bytes, and
    /// its word is the last.
    /// </summary>
    public bool Passes(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return Passes(document.RootElement);
        }
        catch (JsonException)
        {
            return false; // a disk that lost its power may leave anything in a line
        }
        catch (InvalidOperationException)
        {
            return true; // JsonElement has no other way to tell that text or a name is not Unicode
        }
    }

    private bool Passes(JsonElement root)
    {
        if (Child(Child(root, "jsonPayload"), "event").ValueKind != JsonValueKind.Undefined)
        {
            return true;
        }

        var request = Child(root, "httpRequest");
        return Text(Child(root, "resource"), "type") == "http_load_balancer"
            && Text(request, "requestMethod") == "GET"
            && RequestTarget.PathOf(Text(request, "requestUrl")).SequenceEqual(pixelPath)
            && !IsCdnInternal(root, request);
    }

    private static bool IsCdnInternal(JsonElement root, JsonElement request) =>
        Text(Child(root, "jsonPayload"), "parentInsertId") is not null
        || Text(request, "userAgent") is ['C', ..] agent && agent.StartsWith("Cloud-CDN-Google", StringComparison.Ordinal);

    private static JsonElement Child(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var child) ? child : default;

    private static string? Text(JsonElement parent, string name) =>
        Child(parent, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
