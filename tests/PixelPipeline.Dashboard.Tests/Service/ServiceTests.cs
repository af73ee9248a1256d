using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using PixelPipeline.Dashboard.Service;
using PixelPipeline.Dashboard.Tests.Support;
using PixelPipeline.Loopback;

namespace PixelPipeline.Dashboard.Tests.Service;

/// <summary>The service as Cloud Run starts it: a process, settings in its environment, and a proxy that signs requests.</summary>
internal sealed class ServiceTests
{
    private const string Audience = "/projects/123456789012/locations/us-central1/services/pixel-dev-dashboard";
    private const string Issuer = "https://cloud.google.com/iap";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private LoopbackServer _keys = null!;
    private LocalEvents _events = null!;
    private Process _service = null!;
    private HttpClient _http = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _keys = await LoopbackServer.StartAsync(0, NullLoggerFactory.Instance, _ => { }, app => app.MapGet("/keys", () => Results.Text(PublicKeys(), "application/json")), CancellationToken.None);
        _events = await LocalEvents.StartAsync();
        await _events.AddAsync(DateTime.UtcNow, "alice", "view");
        var port = FreePort.Take();
        _service = Start(new()
        {
            ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["Dashboard__Project"] = "acme-track",
            ["Dashboard__Dataset"] = "pixels",
            ["Dashboard__Table"] = "pixel",
            ["Dashboard__Audience"] = Audience,
            ["Dashboard__KeysUrl"] = $"http://127.0.0.1:{_keys.Port}/keys",
            ["BIGQUERY_EMULATOR_HOST"] = new Uri(_events.Client.Service.BaseUri).Authority,
        });
        _ = _service.StandardOutput.ReadToEndAsync();
        _ = _service.StandardError.ReadToEndAsync();
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        await Eventually.IsTrueAsync(
            async () =>
            {
                try
                {
                    using var answer = await _http.GetAsync(new Uri("/", UriKind.Relative));
                    return true;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            "the service answers");
    }

    [OneTimeTearDown]
    public async Task EndAsync()
    {
        if (_service is not null)
        {
            _service.Kill();
            await _service.WaitForExitAsync();
            _service.Dispose();
        }

        _http?.Dispose();
        _key.Dispose();
        _stranger.Dispose();
        await _events.DisposeAsync();
        await _keys.DisposeAsync();
    }

    [Test]
    public async Task Request_ThatTheProxySigned_ShowsTheDashboard()
    {
        var token = Token(_key, Audience, Issuer, DateTimeOffset.UtcNow.AddMinutes(5));
        using var answer = await GetAsync(token);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Headers.GetValues("Content-Security-Policy").Single(), Does.StartWith("default-src 'none'"));
        var page = "";
        await Eventually.IsTrueAsync(
            async () =>
            {
                using var again = await GetAsync(token); // the first reading may take longer than a page waits
                page = await again.Content.ReadAsStringAsync();
                return page.Contains("<bdi>alice</bdi>", StringComparison.Ordinal);
            },
            "the events are shown");
        Assert.That(page, Does.Contain("project <code>acme-track</code>").And.Not.Contain("method=\"post\""));
    }

    [Test]
    public async Task Request_ThatTheProxyDidNotSignForIt_IsRefused()
    {
        var later = DateTimeOffset.UtcNow.AddMinutes(5);
        string?[] tokens =
        [
            null, "", "x.y.z", "no token",
            Token(_stranger, Audience, Issuer, later),
            Token(_key, Audience.Replace("dev", "prod", StringComparison.Ordinal), Issuer, later),
            Token(_key, Audience, "https://accounts.google.com", later),
            Token(_key, Audience, Issuer, DateTimeOffset.UtcNow.AddMinutes(-10)),
        ];
        foreach (var token in tokens)
        {
            using var answer = await GetAsync(token);
            Assert.That((answer.StatusCode, await answer.Content.ReadAsStringAsync()), Is.EqualTo((HttpStatusCode.Forbidden, "Only through Identity-Aware Proxy: see docs/dashboard.md.\n")), token);
        }
    }

    [Test]
    public async Task Start_WithWrongSettings_NamesEachAndEnds()
    {
        using var service = Start(new() { ["Dashboard__Project"] = "acme-track", ["Dashboard__Dataset"] = "pixels`", ["Dashboard__Audience"] = "everybody", ["Dashboard__TimeZone"] = "Moon", ["Dashboard__RefreshSeconds"] = "0" });
        var errors = await service.StandardError.ReadToEndAsync();
        await service.WaitForExitAsync();
        Assert.That(service.ExitCode, Is.EqualTo(1));
        Assert.That(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ', ':')[0]), Is.EquivalentTo(
            new[] { "Dashboard__Dataset", "Dashboard__Table", "Dashboard__Audience", "Dashboard__RefreshSeconds", "Dashboard__TimeZone" }));
    }

    private static Process Start(Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ServiceOptions).Assembly.Location]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private async Task<HttpResponseMessage> GetAsync(string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/?agents=all");
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Goog-IAP-JWT-Assertion", token);
        }

        return await _http.SendAsync(request);
    }

    private string PublicKeys()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        return JsonSerializer.Serialize(new { keys = new[] { new { alg = "ES256", crv = "P-256", kid = "k1", kty = "EC", use = "sig", x = Base64Url.EncodeToString(point.X), y = Base64Url.EncodeToString(point.Y) } } });
    }

    private static string Token(ECDsa key, string audience, string issuer, DateTimeOffset expires)
    {
        static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
        var text = Part(new { alg = "ES256", kid = "k1", typ = "JWT" }) + "." + Part(new { aud = audience, email = "ann@example.com", exp = expires.ToUnixTimeSeconds(), iat = expires.AddMinutes(-10).ToUnixTimeSeconds(), iss = issuer, sub = "accounts.google.com:1" });
        return text + "." + Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256));
    }
}
