using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace PixelPipeline.Dashboard.Web;

/// <summary>
/// A file that is a part of this program. Its address names its content, so that a browser may keep it for good:
/// <c>/assets/dashboard.1a2b3c4d5e6f.css</c>.
/// </summary>
internal sealed class Asset
{
    private const string ForGood = "public, max-age=31536000, immutable";

    private readonly byte[] _content;
    private readonly string _contentType;

    private Asset(string name, string contentType)
    {
        using var stream = typeof(Asset).Assembly.GetManifestResourceStream($"assets/{name}")!;
        _content = new byte[stream.Length];
        stream.ReadExactly(_content);
        _contentType = contentType;
        var hash = Convert.ToHexStringLower(SHA256.HashData(_content).AsSpan(0, 6));
        Path = $"/assets/{System.IO.Path.GetFileNameWithoutExtension(name)}.{hash}{System.IO.Path.GetExtension(name)}";
    }

    public static Asset Style { get; } = new("dashboard.css", "text/css; charset=utf-8");

    public static Asset Script { get; } = new("dashboard.js", "text/javascript; charset=utf-8");

    public static Asset Icon { get; } = new("icon.svg", "image/svg+xml");

    public static IReadOnlyList<Asset> All { get; } = [Style, Script, Icon];

    /// <summary>Its address.</summary>
    public string Path { get; }

    public Task SendAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = ForGood;
        return TypedResults.Bytes(_content, _contentType).ExecuteAsync(context);
    }
}
