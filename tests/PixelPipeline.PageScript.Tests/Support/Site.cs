using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace PixelPipeline.PageScript.Tests.Support;

/// <summary>Pages at one origin, and at another the pixel and the page script as they are shipped.</summary>
internal sealed class Site : IAsyncDisposable
{
    private static readonly X509Certificate2 Certificate = CreateCertificate();
    private static readonly byte[] Image = File.ReadAllBytes(System.IO.Path.Combine(Repository.Root, "pixel.png"));

    private static readonly byte[] Script = File.ReadAllBytes(ScriptFile);

    private readonly ConcurrentQueue<Hit> _hits = new();
    private readonly ConcurrentQueue<string> _posted = new();
    private readonly Dictionary<string, (string Html, string? Policy)> _pages = [];
    private readonly WebApplication _app;
    private readonly string _scheme;
    private readonly int _port = FreePort.Take();
    private readonly int _pixelPort = FreePort.Take();

    private Site(bool tls)
    {
        _scheme = tls ? "https" : "http";
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel =>
        {
            foreach (var port in new[] { _port, _pixelPort })
            {
                kestrel.Listen(IPAddress.Loopback, port, listen => Configure(listen, tls));
            }
        });
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>The shipped script.</summary>
    public static string ScriptFile => System.IO.Path.Combine(Repository.Root, "pixel.js");

    /// <summary>Where the pixel and its script are.</summary>
    public string PixelOrigin => $"{_scheme}://127.0.0.1:{_pixelPort}";

    /// <summary>Where the pages are.</summary>
    public string Origin => $"{_scheme}://localhost:{_port}";

    public IReadOnlyCollection<Hit> Hits => _hits;

    /// <summary>Bodies that were posted to <c>/collect</c> of the pages' origin.</summary>
    public IReadOnlyCollection<string> Posted => _posted;

    /// <summary>Paths that were asked for at the pages' origin.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>How long the pixel's answers take.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Whether each answer of the pixel ends its connection, so that the next hit needs a new one.</summary>
    public bool IsCold { get; set; }

    /// <summary>How many hits have their connection cut in place of an answer.</summary>
    public int Cuts { get; set; }

    /// <summary>Whether the pixel cannot be reached.</summary>
    public bool IsDown { get; set; }

    public static async Task<Site> StartAsync(bool tls = false)
    {
        var site = new Site(tls);
        await site._app.StartAsync();
        return site;
    }

    /// <summary>The tag, with further attributes.</summary>
    public string Tag(string attributes = "") => $"""<script async src="{PixelOrigin}/pixel.js" {attributes}></script>""";

    /// <summary>Adds a page and gives its address.</summary>
    /// <param name="path">Such as <c>/cart</c>.</param>
    /// <param name="html">All behind the title.</param>
    /// <param name="policy">Its Content-Security-Policy; null for none.</param>
    /// <param name="title">Its title.</param>
    public Uri Page(string path, string html, string? policy = null, string title = "A page")
    {
        _pages[path] = ($"<!doctype html><meta charset=utf-8><title>{title}</title>{html}", policy);
        return new Uri(Origin + path);
    }

    /// <summary>Waits for so many hits.</summary>
    public Task HitsAsync(int count) => Eventually.IsTrueAsync(() => _hits.Count >= count, $"{count} hits");

    /// <summary>Waits for a hit of this type, and gives all that came by then.</summary>
    public async Task<IReadOnlyList<Hit>> HitsUntilAsync(string type)
    {
        await Eventually.IsTrueAsync(() => _hits.Any(h => h["type"] == type), $"a hit of the type {type}");
        return [.. _hits];
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void Configure(ListenOptions listen, bool tls)
    {
        listen.Protocols = HttpProtocols.Http1;
        if (tls)
        {
            listen.UseHttps(Certificate);
        }
    }

    private Task AnswerAsync(HttpContext context) => context.Connection.LocalPort == _pixelPort
        ? AnswerPixelAsync(context)
        : AnswerPageAsync(context);

    private async Task AnswerPixelAsync(HttpContext context)
    {
        if (context.Request.Path == "/pixel.js")
        {
            context.Response.ContentType = "text/javascript";
            context.Response.Headers.AccessControlAllowOrigin = "*";
            await context.Response.Body.WriteAsync(Script);
            return;
        }

        if (IsDown)
        {
            context.Abort();
            return;
        }

        _hits.Enqueue(Hit.Of(context.Request));
        if (Cuts > 0)
        {
            Cuts--;
            context.Abort();
            return;
        }

        await Task.Delay(Delay);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.AccessControlAllowOrigin = "*";
        if (IsCold)
        {
            context.Response.Headers.Connection = "close";
        }

        context.Response.ContentType = "image/png";
        await context.Response.Body.WriteAsync(Image);
    }

    private async Task AnswerPageAsync(HttpContext context)
    {
        Asked.Enqueue(context.Request.Path);
        if (context.Request.Path == "/collect")
        {
            using var body = new StreamReader(context.Request.Body);
            _posted.Enqueue(await body.ReadToEndAsync());
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            return;
        }

        if (!_pages.TryGetValue(context.Request.Path, out var page))
        {
            if (Asked.Any(asked => context.Request.Path == "/asked" + asked))
            {
                return;
            }

            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.Headers.ContentSecurityPolicy = page.Policy;
        context.Response.ContentType = "text/html";
        await context.Response.WriteAsync(page.Html);
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(7));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }
}
