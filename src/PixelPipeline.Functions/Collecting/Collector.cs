using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PixelPipeline.Collecting;
using PixelPipeline.GoogleCloud.PubSub;

namespace PixelPipeline.Functions.Collecting;

/// <summary>Takes the events of one request: reads, checks, publishes. Safe for concurrent use.</summary>
internal sealed class Collector(EventContract contract, EventQuota quota, TopicPublisher publisher, CollectOptions options, TimeProvider time, ILogger<Collector> logger)
{
    private readonly string _logName = string.Join('/', options.Topic!.Split('/')[..2]) + "/logs/collect";

    /// <summary>Answers a request whose origin, method and key are in order.</summary>
    /// <param name="context">The request.</param>
    /// <param name="keyName">The name of the key that it shows; empty where none is asked for.</param>
    public async Task<IResult> CollectAsync(HttpContext context, string keyName)
    {
        if (!RequestBody.IsJson(context.Request))
        {
            return Problem.Of(StatusCodes.Status415UnsupportedMediaType, "Send application/json or text/plain in UTF-8, not compressed.");
        }

        if (await RequestBody.ReadAsync(context.Request, context.RequestAborted) is not { } body)
        {
            return Problem.Of(StatusCodes.Status413PayloadTooLarge, $"A body has at most {RequestBody.MaxBytes / 1024} KiB.");
        }

        if (!EventBody.TryRead(body.Span, out var events, out var unreadable))
        {
            return Problem.Invalid([unreadable]);
        }

        var client = RequestClient.Of(context);
        if (contract.Apply(events, client) is { Count: > 0 } errors)
        {
            return Problem.Invalid(errors);
        }

        return quota.TryTake(keyName, events.Count)
            ? await PublishAsync(context, new CollectedEntry(_logName, client, keyName), events)
            : Problem.Later(context, StatusCodes.Status429TooManyRequests, "Too many events.");
    }

    private async Task<IResult> PublishAsync(HttpContext context, CollectedEntry entry, IReadOnlyList<CollectedEvent> events)
    {
        var now = time.GetUtcNow();
        IReadOnlyList<ReadOnlyMemory<byte>> entries = [.. events.Select(e => entry.Write(e, now))];
        if (!TopicPublisher.FitsOneRequest(entries))
        {
            // Not in parts: a part that fails would leave the request half taken.
            return Problem.Of(StatusCodes.Status413PayloadTooLarge, "The events, each with the request's User-Agent and Referer, are too large together: send fewer at once.");
        }

        try
        {
            await publisher.PublishAsync(entries, context.RequestAborted);
            return Results.Json(new { accepted = events.Count }, statusCode: StatusCodes.Status202Accepted);
        }
        catch (PublishException e)
        {
            logger.LogError(e, "Events are refused: they cannot be published");
            return Refusal(context, (int?)e.Status);
        }
    }

    private static IResult Refusal(HttpContext context, int? topicStatus) => topicStatus switch
    {
        StatusCodes.Status429TooManyRequests => Problem.Later(context, StatusCodes.Status429TooManyRequests, "Too many events."),

        // What is wrong is in the request to the topic, or in the topic's own settings.
        StatusCodes.Status400BadRequest => Problem.Of(StatusCodes.Status500InternalServerError, "The topic refuses these events: sending them again does not help."),
        _ => Problem.Later(context, StatusCodes.Status503ServiceUnavailable, "The events are not taken: send them again."),
    };
}
