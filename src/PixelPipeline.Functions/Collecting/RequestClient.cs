using Microsoft.AspNetCore.Http;
using PixelPipeline.Collecting;
using PixelPipeline.Events;

namespace PixelPipeline.Functions.Collecting;

/// <summary>What a request behind a load balancer tells of its client.</summary>
internal static class RequestClient
{
    /// <summary>
    /// Reads it. The load balancer adds the client's address and its own to <c>X-Forwarded-For</c>; what stands before
    /// them came from the client and is not believed. Each text is cut as its column will be: every event of the request
    /// repeats it.
    /// </summary>
    /// <seealso href="https://cloud.google.com/load-balancing/docs/https#x-forwarded-for_header"/>
    public static CollectedClient Of(HttpContext context)
    {
        var headers = context.Request.Headers;
        var hops = headers["X-Forwarded-For"].ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var address = hops.Length > 1 ? hops[^2] : context.Connection.RemoteIpAddress?.ToString();
        return new CollectedClient(Cut(headers.UserAgent), Cut(headers.Referer), Cut(address));
    }

    private static string? Cut(string? text) => text is null ? null : EventSchema.CutToBound(text);
}
