using System.Net;
using PixelPipeline.Dashboard.Tests.Support;

namespace PixelPipeline.Dashboard.Tests.Web;

/// <summary>What may come in, and what every answer carries.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class GateTests
{
    private readonly ScriptedAnswers _answers = new();
    private RunningDashboard _dashboard = null!;

    [SetUp]
    public async Task StartAsync() => _dashboard = await RunningDashboard.StartAsync(_answers);

    [TearDown]
    public async Task StopAsync() => await _dashboard.DisposeAsync();

    [TestCase("localhost", HttpStatusCode.OK)]
    [TestCase("LOCALHOST:8090", HttpStatusCode.OK)]
    [TestCase("127.0.0.1:1", HttpStatusCode.OK)]
    [TestCase("[::1]:8090", HttpStatusCode.OK)]
    [TestCase("rebound.example.com", HttpStatusCode.Forbidden)]
    [TestCase("localhost.example.com:8090", HttpStatusCode.Forbidden)]
    [TestCase("127.0.0.1.nip.io", HttpStatusCode.Forbidden)]
    [TestCase("127.0.0.2", HttpStatusCode.OK)] // this machine, too
    [TestCase("[::2]", HttpStatusCode.Forbidden)]
    public async Task Request_ForAHost_IsServedIfTheHostIsLocal(string host, HttpStatusCode status)
    {
        using var answer = await SendAsync(HttpMethod.Get, "/", ("Host", host));
        Assert.That(answer.StatusCode, Is.EqualTo(status));
        Assert.That(_answers.Readings, Is.EqualTo(status == HttpStatusCode.OK ? 1 : 0));
    }

    [TestCase("/")]
    [TestCase("/live")]
    [TestCase("/panels/series.csv")]
    public async Task Post_AnyAddress_IsNotAllowed(string path)
    {
        using var answer = await SendAsync(HttpMethod.Post, path);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        Assert.That(answer.Content.Headers.Allow, Is.EquivalentTo(new[] { "GET", "HEAD" }));
    }

    [TestCase("cross-site", "document", HttpStatusCode.OK)] // a link was followed
    [TestCase("none", "document", HttpStatusCode.OK)]
    [TestCase("same-origin", "empty", HttpStatusCode.OK)]
    [TestCase("cross-site", "image", HttpStatusCode.Forbidden)]
    [TestCase("cross-site", "iframe", HttpStatusCode.Forbidden)]
    [TestCase("same-site", "empty", HttpStatusCode.Forbidden)] // another port of this machine
    public async Task Request_OfAPage_IsServedIfThePageIsOurs(string site, string destination, HttpStatusCode status)
    {
        using var answer = await SendAsync(HttpMethod.Get, "/", ("Sec-Fetch-Site", site), ("Sec-Fetch-Dest", destination));
        Assert.That(answer.StatusCode, Is.EqualTo(status));
    }

    [TestCase("/")]
    [TestCase("/panels/users.json")]
    [TestCase("/nothing-here")]
    public async Task Answer_OfAnyKind_HasTheHeadersThatBindABrowser(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path);
        string Header(string name) => string.Join(',', answer.Headers.GetValues(name));
        Assert.That(Header("Content-Security-Policy"), Does.StartWith("default-src 'none'; ").And.Contain("frame-ancestors 'none'").And.Not.Contain("unsafe"));
        Assert.That(Header("X-Content-Type-Options"), Is.EqualTo("nosniff"));
        Assert.That(Header("Referrer-Policy"), Is.EqualTo("same-origin"));
        Assert.That(Header("Cross-Origin-Resource-Policy"), Is.EqualTo("same-origin"));
        Assert.That(Header("Cache-Control"), Is.EqualTo("no-store"));
    }

    [TestCase("/")]
    [TestCase("/live")]
    [TestCase("/panels/users.csv")]
    public async Task Head_OfAnAddress_HasNoBody(string path)
    {
        using var answer = await SendAsync(HttpMethod.Head, path);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await answer.Content.ReadAsByteArrayAsync(), Is.Empty);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _dashboard.Http.SendAsync(request);
    }
}
