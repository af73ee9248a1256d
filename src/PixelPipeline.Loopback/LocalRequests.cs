using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace PixelPipeline.Loopback;

/// <summary>
/// Refuses what did not come from this machine's own programs: a request whose <c>Host</c> or <c>Origin</c> is not
/// local. Listening on loopback alone is not enough, since any web page can make its reader's browser call
/// <c>http://localhost</c>, or a name of its own that resolves to 127.0.0.1.
/// </summary>
public static class LocalRequests
{
    /// <summary>Answers 403 with one line to any request that is not local, before anything else sees it.</summary>
    public static void UseLocalRequestsOnly(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (IsLocal(context.Request))
        {
            await next(context);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        await context.Response.WriteAsync("Only local requests are served: Host and Origin must be localhost, NAME.localhost or a loopback address.\n");
    });

    private static bool IsLocal(HttpRequest request) =>
        IsLocalHost(request.Host.Host) && request.Headers.Origin.All(IsLocalOrigin);

    private static bool IsLocalOrigin(string? origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && IsLocalHost(uri.Host);

    private static bool IsLocalHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase) // this machine to every browser (RFC 6761, 6.3)
        || (IPAddress.TryParse(host.AsSpan().Trim("[]"), out var address) && IPAddress.IsLoopback(address));
}
