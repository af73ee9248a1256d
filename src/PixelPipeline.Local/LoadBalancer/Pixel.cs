using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace PixelPipeline.Local.LoadBalancer;

/// <summary>
/// The pixel as the backend bucket serves it, with headers that let the edge keep it and make each browser ask again:
/// a bucket's default of <c>public, max-age=3600</c> would hide every second look
/// (<see href="https://cloud.google.com/cdn/docs/caching"/>).
/// </summary>
internal static class Pixel
{
    private const string CacheControl = "public, max-age=0, s-maxage=86400, must-revalidate";

    private static readonly byte[] Bytes = Load();
    private static readonly EntityTagHeaderValue ETag = new($"\"{Convert.ToHexStringLower(SHA256.HashData(Bytes))[..32]}\"");
    private static readonly string ETagText = ETag.ToString();

    /// <summary>Sets the status and headers of the answer to a GET or HEAD: 200, or 304 where the client has these bytes.</summary>
    public static void SetHeaders(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = CacheControl;
        headers.ETag = ETagText;
        if (IsCachedBy(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        headers.ContentType = "image/png";
        headers.ContentLength = Bytes.Length;
    }

    /// <summary>Sends the bytes where the answer has a body.</summary>
    public static ValueTask SendAsync(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) && context.Response.StatusCode == StatusCodes.Status200OK
            ? context.Response.Body.WriteAsync(Bytes, context.RequestAborted)
            : ValueTask.CompletedTask;

    private static bool IsCachedBy(HttpRequest request)
    {
        var known = request.Headers.IfNoneMatch;
        return known.Count > 0
            && EntityTagHeaderValue.TryParseList(known, out var tags)
            && tags.Any(tag => tag.Compare(ETag, useStrongComparison: false) || tag.Tag == "*");
    }

    private static byte[] Load()
    {
        using var resource = typeof(Pixel).Assembly.GetManifestResourceStream("pixel.png")
            ?? throw new InvalidOperationException("pixel.png is not embedded in this assembly.");
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
