using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace PixelPipeline.Local.Storage;

/// <summary>
/// Makes the HTTP request that tells a function of an object that landed: a CloudEvent in binary mode, as Eventarc
/// pushes it (<see href="https://cloud.google.com/eventarc/docs/event-types#cloud-storage"/>).
/// </summary>
/// <param name="endpoint">The function.</param>
/// <param name="bucket">The bucket's name.</param>
internal sealed class FinalizedEvent(Uri endpoint, string bucket)
{
    /// <summary>The same content of the same object gives the same bytes each time.</summary>
    public HttpRequestMessage Create(BucketObject landed)
    {
        var resource = ObjectResource.Of(bucket, landed);
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = new StringContent(resource.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
            Version = HttpVersion.Version11,
        };
        request.Headers.Add("ce-specversion", "1.0");
        request.Headers.Add("ce-type", "google.cloud.storage.object.v1.finalized");
        request.Headers.Add("ce-source", $"//storage.googleapis.com/projects/_/buckets/{bucket}");
        request.Headers.Add("ce-subject", ToHeader($"objects/{landed.Name}"));
        request.Headers.Add("ce-bucket", bucket);
        request.Headers.Add("ce-id", Id((string)resource["id"]!, landed.Size));
        request.Headers.Add("ce-time", (string)resource["updated"]!);
        return request;
    }

    /// <summary>An id that another object, or other content of this one, does not have.</summary>
    private static string Id(string generation, long size) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{generation} {size}"))).AsSpan(0, 16));

    /// <summary>Percent-encodes what a header may not hold (<see href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md"/>, 3.1.3.2).</summary>
    private static string ToHeader(string text) => string.Concat(text.EnumerateRunes().Select(rune =>
        rune.Value is > ' ' and <= '~' and not ('"' or '%') ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));
}
