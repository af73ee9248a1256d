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
            ? await PublishAsync(context, keyName, events)
            : Problem.Later(context, StatusCodes.Status429TooManyRequests, "Too many events.");
    }

    private async Task<IResult> PublishAsync(HttpContext context, string keyName, IReadOnlyList<CollectedEvent> events)
    {
        var entries = new CollectedEntry(_logName, RequestClient.Of(context), keyName);
        var now = time.GetUtcNow();
        try
        {
            await publisher.PublishAsync([.. events.Select(e => entries.Write(e, now))], context.RequestAborted);
            return Results.Json(new { accepted = events.Count }, statusCode: StatusCodes.Status202Accepted);
        }
        catch (PublishException e)
        {
            logger.LogError(e, "Events are refused: they cannot be published");
            return (int?)e.Status == StatusCodes.Status429TooManyRequests
                ? Problem.Later(context, StatusCodes.Status429TooManyRequests, "Too many events.")
                : Problem.Later(context, StatusCodes.Status503ServiceUnavailable, "The events are not taken: send them again.");
        }
    }
}
