using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace PixelPipeline.Dashboard.Web;

/// <summary>
/// What every request for this machine passes: the server has refused those for another host's name already. Any page on
/// the web can make its reader's browser call <c>http://localhost</c>.
/// </summary>
internal static class Gate
{
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>
    /// Gives every answer the headers that keep a browser from doing more with it than show it, and refuses what this
    /// machine's user did not ask for: 405 for anything but GET and HEAD, or POST where something is done; 403 for what
    /// another site's page loads or posts.
    /// </summary>
    public static void UseGate(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        AddHeaders(context.Response.Headers);
        return Refusal(context) is var (status, words)
            ? RefuseAsync(context.Response, status, words)
            : next(context);
    });

    private static void AddHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin"; // with less, forms would be posted without their origin
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }

    private static (int Status, string Words)? Refusal(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsPost(request.Method) && context.GetEndpoint()?.Metadata.GetMetadata<ChangingEndpoint>() is not null)
        {
            return IsOfThisPage(request) ? null : (StatusCodes.Status403Forbidden, "Only for the dashboard's own page.\n");
        }

        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            return (StatusCodes.Status405MethodNotAllowed, "GET and HEAD only.\n");
        }

        return IsOfAnotherSite(request) ? (StatusCodes.Status403Forbidden, "Not for pages of other sites.\n") : null;
    }

    // A reading may cost money, so another site's page may not cause one. A link in it may be followed.
    private static bool IsOfAnotherSite(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] is ["cross-site" or "same-site"] && request.Headers["Sec-Fetch-Dest"] is not ["document"];

    // Browsers say where a form is from, by Origin and mostly by Sec-Fetch-Site, too; programs have ./pixel for it.
    private static bool IsOfThisPage(HttpRequest request) =>
        request.Headers.Origin is [var origin] && origin == $"{request.Scheme}://{request.Host}"
        && request.Headers["Sec-Fetch-Site"] is [] or ["same-origin"];

    private static Task RefuseAsync(HttpResponse response, int status, string words)
    {
        response.StatusCode = status;
        if (status == StatusCodes.Status405MethodNotAllowed)
        {
            response.Headers.Allow = "GET, HEAD";
        }

        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync(words);
    }
}
