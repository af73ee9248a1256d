using System.Buffers;
using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Google.Apis.Auth.OAuth2.Responses;
using Polly;
using Polly.Retry;

namespace PixelPipeline.GoogleCloud.PubSub;

/// <summary>Publishes messages to one topic. Safe for concurrent use.</summary>
/// <seealso href="https://cloud.google.com/pubsub/docs/reference/rest/v1/projects.topics/publish"/>
public sealed class TopicPublisher
{
    /// <summary>10,000,000 bytes, which Pub/Sub takes in one publish request; here those of the whole body, in which messages are base64.</summary>
    /// <seealso href="https://cloud.google.com/pubsub/quotas#resource_limits"/>
    private const int MaxBodyBytes = 10_000_000;

    /// <summary>What stands around the messages in a body, and around each.</summary>
    private const int MessageOverhead = 16;

    private const int MaxAttempts = 4;
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;
    private readonly PubSubEndpoint _endpoint;
    private readonly Uri _publish;
    private readonly ResiliencePipeline<HttpStatusCode> _retry;

    /// <summary>Names the topic.</summary>
    /// <param name="http">Carries the requests; the caller disposes it.</param>
    /// <param name="endpoint">Where Pub/Sub is.</param>
    /// <param name="topic">Its full name: <c>projects/P/topics/T</c>.</param>
    /// <param name="time">Measures the pauses between attempts: 0.2, 0.4 and 0.8 s.</param>
    public TopicPublisher(HttpClient http, PubSubEndpoint endpoint, string topic, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        _http = http;
        _endpoint = endpoint;
        _publish = new Uri(endpoint.BaseUri, $"v1/{topic}:publish");
        _retry = new ResiliencePipelineBuilder<HttpStatusCode> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<HttpStatusCode>
            {
                MaxRetryAttempts = MaxAttempts - 1,
                Delay = TimeSpan.FromMilliseconds(200),
                BackoffType = DelayBackoffType.Exponential,
                ShouldHandle = arguments => ValueTask.FromResult(IsTransient(arguments.Outcome)),
            })
            .Build();
    }

    /// <summary>Whether Pub/Sub's limit for one request leaves room for the messages.</summary>
    public static bool FitsOneRequest(IReadOnlyList<ReadOnlyMemory<byte>> messages) =>
        MessageOverhead + messages.Sum(m => (long)Base64.GetMaxEncodedToUtf8Length(m.Length) + MessageOverhead) <= MaxBodyBytes;

    /// <summary>Publishes messages with one request; a retry after an unclear end may publish them twice.</summary>
    /// <param name="messages">Each message's bytes; at most 1,000, and what <see cref="FitsOneRequest"/>.</param>
    /// <param name="cancellationToken">Gives up; whether they are published is open then.</param>
    /// <exception cref="PublishException">Pub/Sub has not said that it has them.</exception>
    public async Task PublishAsync(IReadOnlyList<ReadOnlyMemory<byte>> messages, CancellationToken cancellationToken)
    {
        var body = ToBody(messages);
        HttpStatusCode status;
        try
        {
            status = await _retry.ExecuteAsync(async token => await SendAsync(body, token), cancellationToken);
        }
        catch (Exception e) when (IsUnclear(e) && !cancellationToken.IsCancellationRequested)
        {
            throw new PublishException(status: null, e);
        }

        if (status != HttpStatusCode.OK)
        {
            throw new PublishException(status, innerException: null);
        }
    }

    private async Task<HttpStatusCode> SendAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(AttemptTimeout);
        using var request = new HttpRequestMessage(HttpMethod.Post, _publish) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (_endpoint.Tokens is { } tokens)
        {
            var token = await tokens.GetAccessTokenForRequestAsync(cancellationToken: timeout.Token);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using var answer = await _http.SendAsync(request, timeout.Token);
        return answer.StatusCode;
    }

    private static bool IsTransient(Outcome<HttpStatusCode> outcome) =>
        outcome.Exception is { } exception ? IsUnclear(exception) : (int)outcome.Result is 408 or 429 or >= 500;

    // The last is how the credential tells that the metadata server has no token just now.
    private static bool IsUnclear(Exception exception) =>
        exception is HttpRequestException or OperationCanceledException or TokenResponseException;

    private static ReadOnlyMemory<byte> ToBody(IReadOnlyList<ReadOnlyMemory<byte>> messages)
    {
        var body = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        json.WriteStartArray("messages");
        foreach (var message in messages)
        {
            json.WriteStartObject();
            json.WriteBase64String("data", message.Span);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return body.WrittenMemory;
    }
}
