using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using PixelPipeline.Local.AccessLog;

namespace PixelPipeline.Local.LoadBalancer;

/// <summary>Answers one request: decides, logs, and only then sends.</summary>
internal sealed class RequestHandler(IReadOnlyList<StaticFile> files, RequestLog requests, TimeProvider time, ILogger log)
{
    /// <summary>Answers a request that no other part claims.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var arrival = time.GetUtcNow();
        var timestamp = time.GetTimestamp();
        var file = Decide(context);
        try
        {
            await requests.AppendAsync(context, arrival, timestamp);
        }
        catch (AccessLogUnavailableException) // the writer has logged it; the client may come again
        {
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "1";
            return;
        }

        if (file is not null)
        {
            await file.SendAsync(context);
        }
    }

    /// <summary>Logs a request that another part answers. What that part accepts, it keeps by itself.</summary>
    public async Task HandleClaimedAsync(HttpContext context, RequestDelegate next)
    {
        var arrival = time.GetUtcNow();
        var timestamp = time.GetTimestamp();
        await next(context);
        try
        {
            await requests.AppendAsync(context, arrival, timestamp);
        }
        catch (AccessLogUnavailableException e)
        {
            log.LogWarning(e, "A request that was answered is missing in the access log");
        }
    }

    /// <summary>Sets status and headers; gives the file that is the answer, or null.</summary>
    private StaticFile? Decide(HttpContext context)
    {
        if (Find(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget) is not { } file)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            context.Response.ContentLength = 0;
            return null;
        }

        if (context.Request.Method is not ("GET" or "HEAD")) // with case, as the log sink's filter compares
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = "GET, HEAD";
            context.Response.ContentLength = 0;
            return null;
        }

        file.SetHeaders(context);
        return file;
    }

    /// <summary>
    /// Compares the path as it was sent, as the log sink's filter does: a pixel that is served under a spelling the
    /// filter does not know (<c>/%70ixel.png</c>) would be a hit that nobody counts.
    /// </summary>
    private StaticFile? Find(string rawTarget)
    {
        var path = RequestTarget.PathOf(rawTarget);
        foreach (var file in files)
        {
            if (path.SequenceEqual(file.Path))
            {
                return file;
            }
        }

        return null;
    }
}
