using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace PixelPipeline.Local.LoadBalancer;

/// <summary>The size of an HTTP/1.1 message on the wire in bytes, head and body.</summary>
internal static class MessageSize
{
    private const int LineEnd = 2;
    private const int DateHeader = 37; // "Date: Sat, 21 Nov 2026 01:50:25 GMT" and its line end; the server adds it late

    /// <summary>What the client sent. A body of unknown length counts nothing.</summary>
    public static long OfRequest(HttpRequest request, IHttpRequestFeature raw) =>
        raw.Method.Length + raw.RawTarget.Length + raw.Protocol.Length + " ".Length * 2 + LineEnd
        + OfHeaders(request.Headers) + (request.ContentLength ?? 0);

    /// <summary>What is sent back, once its headers are set.</summary>
    public static long OfResponse(HttpContext context)
    {
        var response = context.Response;
        var reason = ReasonPhrases.GetReasonPhrase(response.StatusCode);
        var body = HttpMethods.IsHead(context.Request.Method) ? 0 : response.ContentLength ?? 0;
        return "HTTP/1.1 200 ".Length + reason.Length + LineEnd + DateHeader + OfHeaders(response.Headers) + body;
    }

    private static long OfHeaders(IHeaderDictionary headers)
    {
        long size = LineEnd;
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
            {
                size += name.Length + ": ".Length + Encoding.UTF8.GetByteCount(value ?? "") + LineEnd;
            }
        }

        return size;
    }
}
