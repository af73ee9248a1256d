using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PixelPipeline.Writing;

namespace PixelPipeline.Functions;

/// <summary>
/// Answers deliveries that cannot be acknowledged: 400 where there is no message, 503 where its row is not committed.
/// Both make Pub/Sub deliver again; neither is logged request by request, since the writer says once a minute what is
/// wrong, and a stack trace for each of a thousand waiting messages would hide it.
/// </summary>
internal static class DeliveryAnswers
{
    public static void UseDeliveryAnswers(this IApplicationBuilder app, ILogger logger) => app.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch (MalformedDeliveryException)
        {
            logger.LogWarning("A delivery held no Pub/Sub message: 400");
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
        catch (RowNotCommittedException e)
        {
            logger.LogDebug("A delivery is to come again: {Reason}", e.Message);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for an answer: the delivery ended, and its message comes again. Never a success, all the same.
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    });
}
