using System.Net;
using System.Text;
using PixelPipeline.Dashboard.Hosting;
using PixelPipeline.Dashboard.Questions;
using PixelPipeline.Dashboard.Tests.Support;

namespace PixelPipeline.Dashboard.Tests.Web;

/// <summary>What a page can have the pipeline do, and who may.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class HostTests
{
    private const string Own = "own";

    private readonly RecordingHost _host = new();
    private readonly ScriptedAnswers _answers = new();
    private readonly ManualTime _time = new();
    private RunningDashboard _dashboard = null!;

    [SetUp]
    public async Task StartAsync() => _dashboard = await RunningDashboard.StartAsync(_answers, RunningDashboard.Options(_time), _host);

    [TearDown]
    public async Task StopAsync() => await _dashboard.DisposeAsync();

    [TestCase(Own, "same-origin", true)]
    [TestCase(Own, null, true)] // a browser of before Sec-Fetch-Site
    [TestCase(Own, "cross-site", false)]
    [TestCase(Own, "none", false)]
    [TestCase(null, null, false)] // no browser: curl, say
    [TestCase(null, "same-origin", false)]
    [TestCase("null", "cross-site", false)] // a sandboxed frame
    [TestCase("http://localhost:1", "same-site", false)] // another server of this machine
    [TestCase("https://shop.example", "cross-site", false)]
    [TestCase("https://shop.example", null, false)]
    public async Task Post_FromAPage_IsDoneIfThePageIsOurs(string? origin, string? site, bool isDone)
    {
        foreach (var path in (string[])["/pipeline/examine", "/rejected/replay?range=7d&reason=invalid_value"])
        {
            using var answer = await PostAsync(path, origin, site);
            Assert.That(answer.StatusCode, Is.EqualTo(isDone ? HttpStatusCode.SeeOther : HttpStatusCode.Forbidden), path);
        }

        Assert.That(_host.Done, Is.EqualTo(isDone ? new[] { "examine", "replay invalid_value" } : []));
    }

    [Test]
    public async Task Get_OfSomethingThatIsDone_DoesNothing()
    {
        using var answer = await _dashboard.Http.GetAsync(new Uri("rejected/replay", UriKind.Relative));
        Assert.That((answer.StatusCode, _host.Done.Count), Is.EqualTo((HttpStatusCode.MethodNotAllowed, 0)));
    }

    [Test]
    public async Task Replay_OfAReason_ShowsWhatBecameOfThemWhereItWasAskedFor()
    {
        Assert.That(await _dashboard.GetAsync("?range=7d"), Does.Contain("action=\"/rejected/replay?range=7d&amp;reason=missing_required\""));
        using var answer = await PostAsync("/rejected/replay?range=7d&reason=missing_required", Own, "same-origin");
        Assert.That(answer.Headers.Location!.ToString(), Is.EqualTo("/?range=7d#panel-rejected"));
        _time.Advance(TimeSpan.FromSeconds(3)); // no row has come
        Assert.That(await _dashboard.GetAsync("?range=7d"), Does.Contain("12 entries are events now, 3 still rejected."));
    }

    [Test]
    public async Task Replay_ThatFails_SaysWhy()
    {
        _host.Failure = new PipelineHostException("The schema <file> is not there.");
        await _dashboard.GetAsync();
        using var answer = await PostAsync("/rejected/replay", Own, "same-origin");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.SeeOther));
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.That(await _dashboard.GetAsync(), Does.Contain("The schema &lt;file&gt; is not there."));
    }

    [Test]
    public async Task Health_AsItChanges_IsShownThoughNoRowComes()
    {
        Assert.That(await HealthAsync(), Does.Contain("waiting,dead_letters,ignored_a_minute,rejected_a_minute,hit_to_row_ms\r\n7,1,2.5,0.4,\r\n"));
        _host.State = _host.State with { Waiting = 0 };
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.That(await HealthAsync(), Does.Contain("\r\n0,1,2.5,0.4,\r\n"));
    }

    [Test]
    public async Task Examine_ABrokenHop_SaysWhatMendsIt()
    {
        using var answer = await PostAsync("/pipeline/examine", Own, "same-origin");
        var page = await _dashboard.GetAsync();
        Assert.That(page, Does.Contain("nothing &lt;b&gt;listens"));
        Assert.That(WebUtility.HtmlDecode(page), Does.Contain("✗ broken").And.Contain("./pixel up").And.Contain("· not reached"));
    }

    [Test]
    public async Task Rejected_EntriesOfStrangers_AreShownAsText()
    {
        var usual = _answers.Answer;
        byte[][] entries =
        [
            Encoding.UTF8.GetBytes("""{"httpRequest":{"requestUrl":"https://x/pixel.png?type=</code><script>alert(1)</script>\u202Etxt"}}"""),
            [0xff, .. "<b>not JSON\n"u8],
        ];
        _answers.Answer = q => q.Sql.Contains("message, entry", StringComparison.Ordinal)
            ? new Answer(["reason", "rejected_time", "column", "message", "entry"], [.. entries.Select(e => new object?[] { "missing_required", ScriptedAnswers.Now, "user_id", "The column <user_id> has no value.", e })])
            : usual(q);
        var page = await _dashboard.GetAsync();
        Assert.That(page, Does.Contain("The column &lt;user_id&gt; has no value.").And.Contain("A page or mail leaves the column out"));
        Assert.That(WebUtility.HtmlDecode(page), Does.Contain("\\u003Cscript\\u003E").And.Contain("\\u202Etxt").And.Contain("\uFFFD<b>not JSON\uFFFD"));
        Assert.That(page, Does.Not.Contain("<script>alert").And.Not.Contain("<b>"));
    }

    [Test]
    public async Task Page_WithoutAHost_OffersNothingToDo()
    {
        await using var dashboard = await RunningDashboard.StartAsync(_answers);
        Assert.That(await dashboard.GetAsync(), Does.Not.Contain("method=\"post\"").And.Not.Contain("panel-health").And.Contain("missing_required"));
    }

    private async Task<string> HealthAsync() => await _dashboard.GetAsync("panels/health.csv");

    private async Task<HttpResponseMessage> PostAsync(string path, string? origin, string? site)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = _dashboard.Http.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        foreach (var (name, value) in ((string, string?)[])[("Origin", origin == Own ? http.BaseAddress!.GetLeftPart(UriPartial.Authority) : origin), ("Sec-Fetch-Site", site)])
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await http.SendAsync(request);
    }
}
