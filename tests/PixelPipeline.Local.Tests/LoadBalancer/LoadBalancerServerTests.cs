using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;
using PixelPipeline.Local.LoadBalancer;
using PixelPipeline.Local.Tests.AccessLog;
using PixelPipeline.Local.Tests.Support;
using PixelPipeline.Loopback;

namespace PixelPipeline.Local.Tests.LoadBalancer;

public sealed class LoadBalancerServerTests
{
    private static readonly byte[] PngSignature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    [Test]
    public async Task Get_Pixel_AnswersThePngWithItsCachingHeaders()
    {
        await using var lb = await RunningLoadBalancer.StartAsync();

        using var answer = await lb.Http.GetAsync("/pixel.png?user_id=u1&type=click");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Content.Headers.ContentType?.ToString(), Is.EqualTo("image/png"));
        Assert.That(
            answer.Headers.NonValidated["Cache-Control"].ToString(),
            Is.EqualTo("no-store,max-age=0"));
        Assert.That((await answer.Content.ReadAsByteArrayAsync())[..8], Is.EqualTo(PngSignature));
    }

    [TestCase("/pixel.png", "/pixel.js")]
    [TestCase("/a/t.png", "/a/t.js")]
    [TestCase("/t", "/t.js")]
    public async Task Get_PageScript_StandsBesideThePixelForPagesOfAnyOrigin(string pixelPath, string scriptPath)
    {
        await using var lb = await RunningLoadBalancer.StartAsync(pixelPath: pixelPath);

        using var answer = await lb.Http.GetAsync(scriptPath);

        Assert.That(await answer.Content.ReadAsByteArrayAsync(), Is.EqualTo(File.ReadAllBytes(Path.Combine(Repository.Root, "pixel.js"))));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/javascript"));
        Assert.That(answer.Headers.CacheControl, Is.EqualTo(new CacheControlHeaderValue { Public = true, MaxAge = TimeSpan.FromHours(1) }));
        Assert.That(answer.Headers.GetValues("Access-Control-Allow-Origin"), Is.EqualTo(["*"]));
        Assert.That(answer.Headers.GetValues("Cross-Origin-Resource-Policy"), Is.EqualTo(["cross-origin"]));
    }

    [Test]
    public async Task Head_Pixel_AnswersTheHeadersOfGetWithoutABody()
    {
        await using var lb = await RunningLoadBalancer.StartAsync();
        using var get = await lb.Http.GetAsync("/pixel.png?user_id=u1");

        using var head = await lb.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/pixel.png?user_id=u1"));

        Assert.That(head.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(head.Content.Headers.ContentLength, Is.EqualTo(get.Content.Headers.ContentLength));
        Assert.That(head.Headers.ETag, Is.EqualTo(get.Headers.ETag));
        Assert.That(await head.Content.ReadAsByteArrayAsync(), Is.Empty);
    }

    [TestCase("{0}")]
    [TestCase("W/{0}")]
    [TestCase("\"other\", {0}")]
    [TestCase("*")]
    public async Task Get_WithTheETagThatItHas_Answers304(string ifNoneMatch)
    {
        await using var lb = await RunningLoadBalancer.StartAsync();
        var etag = await ETagAsync(lb);

        var answer = await GetIfNoneMatchAsync(lb, ifNoneMatch.Replace("{0}", etag.ToString(), StringComparison.Ordinal));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        Assert.That(answer.Headers.ETag, Is.EqualTo(etag));
        Assert.That(answer.Headers.CacheControl?.NoStore, Is.True);
    }

    [TestCase("\"other\"")]
    [TestCase("not an etag at all \u0001")]
    [TestCase(",,,")]
    public async Task Get_WithAnotherETag_Answers200(string ifNoneMatch)
    {
        await using var lb = await RunningLoadBalancer.StartAsync();

        var answer = await GetIfNoneMatchAsync(lb, ifNoneMatch);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("get")]
    [TestCase("Get")]
    [TestCase("head")]
    public async Task Method_InAnotherCase_IsAnotherMethod(string method)
    {
        await using var lb = await RunningLoadBalancer.StartAsync();

        var answer = await lb.SendRawAsync($"{method} /pixel.png?user_id=u1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        Assert.That(System.Text.Encoding.Latin1.GetString(answer), Does.StartWith("HTTP/1.1 405 "));
        Assert.That((string?)lb.Entries.Single()["httpRequest"]!["requestMethod"], Is.EqualTo(method));
    }

    [TestCase("POST")]
    [TestCase("PUT")]
    [TestCase("DELETE")]
    [TestCase("OPTIONS")]
    public async Task OtherMethod_OnThePixel_Answers405AndIsLogged(string method)
    {
        await using var lb = await RunningLoadBalancer.StartAsync();

        using var answer = await lb.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/pixel.png?user_id=u1"));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        Assert.That(answer.Content.Headers.Allow, Is.EquivalentTo(new[] { "GET", "HEAD" }));
        Assert.That(lb.Entries.Single()["httpRequest"]!["requestMethod"]!.GetValue<string>(), Is.EqualTo(method));
    }

    [TestCase("/")]
    [TestCase("/robots.txt")]
    [TestCase("/PIXEL.png?user_id=u1")]
    [TestCase("/%70ixel.png?user_id=u1")] // the sink's filter compares what was sent
    [TestCase("/x/../pixel.png?user_id=u1")]
    public async Task Get_PathThatNobodyClaims_Answers404AndIsLogged(string target)
    {
        await using var lb = await RunningLoadBalancer.StartAsync();

        Assert.That(await lb.GetRawAsync(target), Is.EqualTo("HTTP/1.1 404 Not Found"));
        Assert.That(lb.Entries.Single()["severity"]!.GetValue<string>(), Is.EqualTo("WARNING"));
    }

    [Test]
    public async Task Get_PathThatAnotherPartClaims_IsAnsweredByItAndLogged()
    {
        await using var lb = await RunningLoadBalancer.StartAsync(claim: app => app.MapGet("/collect", () => "collected"));

        Assert.That(await lb.Http.GetStringAsync("/collect"), Is.EqualTo("collected"));
        await Eventually.IsTrueAsync(() => lb.Entries.Length == 1, "the request is in the log");
    }

    [Test]
    public async Task Get_PixelBesideAClaimedPath_IsServed()
    {
        await using var lb = await RunningLoadBalancer.StartAsync(claim: app => app.MapGet("/collect", () => "collected"));

        using var answer = await lb.Http.GetAsync("/pixel.png?user_id=u1");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Get_DiskFull_Answers503AndThenServesAgain()
    {
        var disk = new FailingDisk { IsFull = true };
        await using var lb = await RunningLoadBalancer.StartAsync(disk);

        using var failed = await lb.Http.GetAsync("/pixel.png?user_id=lost");
        disk.IsFull = false;
        using var served = await lb.Http.GetAsync("/pixel.png?user_id=kept");

        Assert.That(failed.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(failed.Headers.ETag, Is.Null);
        Assert.That(served.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(
            lb.Entries.Single()["httpRequest"]!["requestUrl"]!.GetValue<string>(), Does.EndWith("user_id=kept"));
    }

    [Test]
    public async Task Get_UrlOfSixteenKilobytes_IsServedAndLoggedWhole()
    {
        await using var lb = await RunningLoadBalancer.StartAsync();
        var target = "/pixel.png?user_id=" + new string('x', 16_000);

        Assert.That(await lb.GetRawAsync(target), Is.EqualTo("HTTP/1.1 200 OK"));
        Assert.That(
            lb.Entries.Single()["httpRequest"]!["requestUrl"]!.GetValue<string>(),
            Is.EqualTo($"http://localhost:{lb.Port}{target}"));
    }

    [Test]
    public async Task Get_UrlFarTooLong_Answers414()
    {
        await using var lb = await RunningLoadBalancer.StartAsync();

        Assert.That(await lb.GetRawAsync("/pixel.png?" + new string('x', 40_000)), Does.StartWith("HTTP/1.1 414"));
    }

    [Test]
    public async Task Get_BytesBeyondAsciiInTheTarget_AreRefusedByTheServer()
    {
        // Browsers and mail clients encode them; the server takes nothing else, and never passes such a request on.
        await using var lb = await RunningLoadBalancer.StartAsync();

        Assert.That(await lb.GetRawAsync("/pixel.png?user_id=\u00C3\u00BC"), Does.StartWith("HTTP/1.1 400"));
        Assert.That(lb.Entries, Is.Empty);
    }

    [Test]
    public async Task Get_FromAPageElsewhere_IsRefused()
    {
        await using var lb = await RunningLoadBalancer.StartAsync();

        Assert.That(
            await lb.GetRawAsync("/pixel.png?user_id=u1", "Origin: https://evil.example\r\n"), Does.StartWith("HTTP/1.1 403"));
    }

    [Test]
    public async Task Get_FromAPageOfANameOfThisMachine_IsServed()
    {
        await using var lb = await RunningLoadBalancer.StartAsync();

        Assert.That(await lb.GetRawAsync("/pixel.png?user_id=u1", "Origin: http://shop.localhost:8000\r\n"), Does.StartWith("HTTP/1.1 200"));
    }

    [Test]
    public async Task StartAsync_PortInUse_SaysSo()
    {
        await using var lb = await RunningLoadBalancer.StartAsync();
        await using var log = new OpenAccessLog();

        Assert.That(
            () => LoadBalancerServer.StartAsync(
                new LoadBalancerOptions { Port = lb.Port }, log.Writer, log.Time, NullLoggerFactory.Instance),
            Throws.TypeOf<PortUnavailableException>().With.Property("Port").EqualTo(lb.Port));
    }

    private static async Task<EntityTagHeaderValue> ETagAsync(RunningLoadBalancer lb)
    {
        using var answer = await lb.Http.GetAsync("/pixel.png");
        return answer.Headers.ETag!;
    }

    private static async Task<HttpResponseMessage> GetIfNoneMatchAsync(RunningLoadBalancer lb, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/pixel.png?user_id=u1");
        request.Headers.TryAddWithoutValidation("If-None-Match", value);
        return await lb.Http.SendAsync(request);
    }
}
