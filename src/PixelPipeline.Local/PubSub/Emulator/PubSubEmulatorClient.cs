using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace PixelPipeline.Local.PubSub.Emulator;

/// <summary>
/// Google's Pub/Sub emulator over its REST API (<see href="https://cloud.google.com/pubsub/docs/reference/rest"/>).
/// </summary>
/// <param name="address"><c>http://127.0.0.1:8085/</c>.</param>
internal sealed class PubSubEmulatorClient(Uri address) : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false })
    {
        BaseAddress = new Uri(address, "v1/"),
        Timeout = TimeSpan.FromSeconds(30),
    };

    /// <summary>Makes a topic, unless it is there.</summary>
    /// <param name="topic"><c>projects/local/topics/pixel-hits</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PubSubEmulatorException">It is not there afterwards.</exception>
    public async Task EnsureTopicAsync(string topic, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Put, topic, Content(new JsonObject()), cancellationToken);
        if (answer.StatusCode != HttpStatusCode.Conflict)
        {
            await ReadAsync(answer, cancellationToken);
        }
    }

    /// <summary>Makes a subscription; one that is there is brought to the same settings.</summary>
    /// <param name="name"><c>projects/local/subscriptions/pixel-function</c>.</param>
    /// <param name="subscription">
    /// The resource (<see href="https://cloud.google.com/pubsub/docs/reference/rest/v1/projects.subscriptions"/>).
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PubSubEmulatorException">It is not so afterwards, such as where it belongs to another topic.</exception>
    public async Task EnsureSubscriptionAsync(string name, JsonObject subscription, CancellationToken cancellationToken)
    {
        using var made = await SendAsync(HttpMethod.Put, name, Content(subscription), cancellationToken);
        if (made.StatusCode != HttpStatusCode.Conflict)
        {
            await ReadAsync(made, cancellationToken);
            return;
        }

        var settings = subscription.Select(field => field.Key).Where(key => key != "topic").ToList();
        if (settings.Count == 0)
        {
            return;
        }

        var change = new JsonObject { ["subscription"] = subscription.DeepClone(), ["updateMask"] = string.Join(',', settings) };
        using var changed = await SendAsync(HttpMethod.Patch, name, Content(change), cancellationToken);
        var topic = (string?)(await ReadAsync(changed, cancellationToken))["topic"];
        if (topic != (string?)subscription["topic"])
        {
            throw new PubSubEmulatorException($"{name} belongs to {topic}: delete it, or start the emulator anew.", changed.StatusCode);
        }
    }

    /// <summary>Publishes messages; once this returns, the emulator has taken all of them.</summary>
    /// <exception cref="PubSubEmulatorException">It may have taken them or not.</exception>
    public async Task PublishAsync(string topic, HttpContent messages, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Post, topic + ":publish", messages, cancellationToken);
        await ReadAsync(answer, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private static ByteArrayContent Content(JsonObject body) =>
        new(System.Text.Encoding.UTF8.GetBytes(body.ToJsonString())) { Headers = { ContentType = Json } };

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        try
        {
            return await _http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new PubSubEmulatorException($"No answer from {address.Authority}.", cause: e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PubSubEmulatorException($"No answer from {address.Authority} in time.", cause: e);
        }
    }

    private static async Task<JsonObject> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode && Parse(text) is { } body
            ? body
            : throw new PubSubEmulatorException(
                $"{(int)answer.StatusCode} {(string?)Parse(text)?["error"]?["message"]}".TrimEnd(), answer.StatusCode);
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (System.Text.Json.JsonException)
        {
            return null; // whatever listens there, it is no Pub/Sub
        }
    }
}
