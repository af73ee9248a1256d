using Google.Cloud.Functions.Framework;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using PixelPipeline.Functions.Collecting;

namespace PixelPipeline.Functions;

/// <summary>
/// The function that apps, sensors and pages post events to. 202 means that Pub/Sub has them; every other answer is a
/// problem document, and nothing of the request is published.
/// </summary>
public sealed class CollectFunction : IHttpFunction
{
    private readonly Collector _collector;
    private readonly CollectorKeys _keys;
    private readonly AllowedOrigins _origins;

    /// <summary>Made by the framework for each request.</summary>
    /// <param name="services">Has the collector's parts.</param>
    public CollectFunction(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        _collector = (Collector)services.GetService(typeof(Collector))!;
        _keys = (CollectorKeys)services.GetService(typeof(CollectorKeys))!;
        _origins = (AllowedOrigins)services.GetService(typeof(AllowedOrigins))!;
    }

    /// <summary>Answers one request.</summary>
    /// <param name="context">The request.</param>
    public async Task HandleAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            var answer = await AnswerAsync(context);
            await answer.ExecuteAsync(context);
        }
        catch (BadHttpRequestException e)
        {
            await Problem.Of(e.StatusCode, "The body does not come as it was announced.").ExecuteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for an answer.
        }
    }

    private async Task<IResult> AnswerAsync(HttpContext context)
    {
        if (!AllowOrigin(context))
        {
            return Problem.Of(StatusCodes.Status403Forbidden, "Pages of this origin may not post.");
        }

        if (HttpMethods.IsOptions(context.Request.Method))
        {
            return AnswerPreflight(context);
        }

        if (!HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.Headers.Allow = "POST, OPTIONS";
            return Problem.Of(StatusCodes.Status405MethodNotAllowed, "Events are posted.");
        }

        return await CollectAsync(context);
    }

    private async Task<IResult> CollectAsync(HttpContext context)
    {
        if (_keys.IsOpen)
        {
            return await _collector.CollectAsync(context, keyName: "");
        }

        StringValues shown = context.Request.Headers.TryGetValue("x-api-key", out var header) ? header : context.Request.Query["key"];
        if (StringValues.IsNullOrEmpty(shown))
        {
            context.Response.Headers.WWWAuthenticate = "ApiKey";
            return Problem.Of(StatusCodes.Status401Unauthorized, "Show a key: the header x-api-key, or key in the query.");
        }

        return _keys.NameOf(shown.ToString()) is { } name
            ? await _collector.CollectAsync(context, name)
            : Problem.Of(StatusCodes.Status403Forbidden, "This key is not known.");
    }

    // A request without an origin is no page's.
    private bool AllowOrigin(HttpContext context)
    {
        if (context.Request.Headers.Origin is not [{ Length: > 0 } origin])
        {
            return context.Request.Headers.Origin.Count == 0;
        }

        if (!_origins.Allows(origin, context.Request.Host.Value))
        {
            return false;
        }

        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlAllowCredentials = "true"; // what a beacon is sent with, though nothing here reads a cookie
        headers.Vary = "Origin";
        return true;
    }

    private static IResult AnswerPreflight(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowMethods = "POST";
        headers.AccessControlAllowHeaders = "content-type, x-api-key";
        headers.AccessControlMaxAge = "3600";
        return Results.NoContent();
    }
}
