using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace PixelPipeline.Local.LoadBalancer;

/// <summary>A file as the backend bucket serves it: the same bytes and headers to everybody, on pages of any origin.</summary>
internal sealed class StaticFile
{
    private readonly string _contentType;
    private readonly string _cacheControl;
    private readonly byte[] _bytes;
    private readonly EntityTagHeaderValue _tag;
    private readonly string _tagText;

    /// <summary>Takes the file over.</summary>
    /// <param name="path">Where it is served, exactly as a request sends it: <c>/pixel.png</c>.</param>
    /// <param name="contentType">Such as <c>image/png</c>.</param>
    /// <param name="cacheControl">Who may answer with it again; <c>no-store</c> where each request counts.</param>
    /// <param name="bytes">Its content.</param>
    public StaticFile(string path, string contentType, string cacheControl, byte[] bytes)
    {
        Path = path;
        _contentType = contentType;
        _cacheControl = cacheControl;
        _bytes = bytes;
        _tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\"");
        _tagText = _tag.ToString();
    }

    /// <summary>Where it is served, exactly as a request sends it.</summary>
    public string Path { get; }

    /// <summary>Sets the status and headers of the answer to a GET or HEAD: 200, or 304 where the client has these bytes.</summary>
    public void SetHeaders(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = _cacheControl;
        headers.ETag = _tagText;
        headers.AccessControlAllowOrigin = "*"; // a script's integrity is checked only where its origin allows it
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"; // for pages that embed only what allows it
        if (IsCachedBy(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        headers.ContentType = _contentType;
        headers.ContentLength = _bytes.Length;
    }

    /// <summary>Sends the bytes where the answer has a body.</summary>
    public ValueTask SendAsync(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) && context.Response.StatusCode == StatusCodes.Status200OK
            ? context.Response.Body.WriteAsync(_bytes, context.RequestAborted)
            : ValueTask.CompletedTask;

    private bool IsCachedBy(HttpRequest request)
    {
        var known = request.Headers.IfNoneMatch;
        return known.Count > 0
            && EntityTagHeaderValue.TryParseList(known, out var tags)
            && tags.Any(tag => tag.Compare(_tag, useStrongComparison: false) || tag.Tag == "*");
    }
}
