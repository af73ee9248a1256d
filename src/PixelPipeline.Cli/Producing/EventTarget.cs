using System.Text.Encodings.Web;
using System.Text.Json;
using PixelPipeline.Cli.Urls;

namespace PixelPipeline.Cli.Producing;

/// <summary>Where events go: a pixel, which takes one a request in its query, or a collector, which takes them posted.</summary>
/// <param name="Address">Absolute, http or https. A path that ends with <c>/collect</c> is a collector's.</param>
/// <param name="Key">What is shown to a collector; null for nothing.</param>
internal sealed record EventTarget(Uri Address, string? Key)
{
    /// <summary>What this program calls itself to servers.</summary>
    public const string OwnUserAgent = "PixelPipeline-produce/1.0";
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public bool IsCollector => IsCollectorAt(Address);

    public static bool IsCollectorAt(Uri address) => address.AbsolutePath.EndsWith("/collect", StringComparison.Ordinal);

    /// <summary>The request that brings events: to a pixel one, to a collector one or more.</summary>
    public HttpRequestMessage ToRequest(IReadOnlyList<ProducedEvent> events)
    {
        var request = IsCollector
            ? new HttpRequestMessage(HttpMethod.Post, Address) { Content = ToBody(events) }
            : new HttpRequestMessage(HttpMethod.Get, ToPixelUrl(events.Single()));
        request.Headers.TryAddWithoutValidation("User-Agent", events[0].UserAgent ?? OwnUserAgent);
        if (IsCollector && Key is not null)
        {
            request.Headers.TryAddWithoutValidation("x-api-key", Key);
        }

        return request;
    }

    private Uri ToPixelUrl(ProducedEvent produced) =>
        new UriBuilder(Address) { Query = PixelQuery.Of(produced.Fields) }.Uri;

    private static ByteArrayContent ToBody(IReadOnlyList<ProducedEvent> events)
    {
        var objects = events.Select(ToObject).ToList();
        return new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes<object>(objects.Count == 1 ? objects[0] : objects, Json))
        {
            Headers = { ContentType = new("application/json") },
        };
    }

    private static Dictionary<string, string> ToObject(ProducedEvent produced)
    {
        var fields = new Dictionary<string, string>(produced.Fields);
        if (produced.Id is { } id)
        {
            fields["event_id"] = id;
        }

        return fields;
    }
}
