using System.Net;
using System.Text.RegularExpressions;
using PixelPipeline.Dashboard.Panels;
using PixelPipeline.Dashboard.Tests.Support;

namespace PixelPipeline.Dashboard.Tests.Web;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed partial class PageTests
{
    private readonly ScriptedAnswers _answers = new();

    [TestCase("<script>alert(1)</script>")]
    [TestCase("\"><img src=x onerror=alert(1)>")]
    [TestCase("'); </bdi></svg><svg onload=alert(1)>")]
    [TestCase("&lt;b&gt;")]
    public async Task Page_HostileValues_AreText(string hostile)
    {
        _answers.Answer = ScriptedAnswers.Usual(user: hostile, type: hostile);
        var page = await PageAsync();
        Assert.That(page, Does.Contain($"<bdi>{WebUtility.HtmlEncode(hostile).Replace("&#39;", "&#x27;", StringComparison.Ordinal)}</bdi>"));
        Assert.That(page, Does.Not.Contain("alert(1)</script>").And.Not.Contain("<img").And.Not.Contain("<svg onload").And.Not.Contain("<b>"));
    }

    [Test]
    public async Task Page_LongAndControlValues_AreCutAndHarmless()
    {
        _answers.Answer = ScriptedAnswers.Usual(user: "\u202Euser\u0007" + new string('x', 8_000));
        var page = WebUtility.HtmlDecode(await PageAsync());
        Assert.That(page, Does.Contain("<bdi>\uFFFDuser\uFFFDxxx").And.Contain("x…</bdi>").And.Not.Contain(new string('x', 200)));
        Assert.That(page.Any(c => char.IsControl(c) && c is not ('\n' or '\r')), Is.False);
    }

    [Test]
    public async Task Page_EachPanel_HasTitleSqlAndFiles()
    {
        await using var dashboard = await RunningDashboard.StartAsync(_answers, host: new RecordingHost());
        var page = await dashboard.GetAsync();
        var shown = Panel.All.Where(p => p.Name != "countries").ToList(); // not in the schema that ships
        Assert.That(shown, Is.Not.Empty);
        foreach (var panel in shown)
        {
            Assert.That(page, Does.Contain($"id=\"panel-{panel.Name}\"").And.Contain($"/panels/{panel.Name}.csv").And.Contain($"/panels/{panel.Name}.json"));
        }

        Assert.That(Regex.Count(page, "data-key=\"sql\""), Is.EqualTo(shown.Count));
        Assert.That(Regex.Count(page, "role=\"img\" aria-labelledby"), Is.EqualTo(2));
        Assert.That(page, Does.Contain("./pixel rejected").And.Contain("Read at "));
    }

    [Test]
    public async Task Page_OfAView_KeepsItInEveryLink()
    {
        await using var dashboard = await RunningDashboard.StartAsync(_answers);
        var page = await dashboard.GetAsync("?range=7d&is.browser=x%26y&agents=all");
        Assert.That(page, Does.Contain("data-live=\"/live?range=7d&amp;agents=all&amp;is.browser=x%26y\""));
        Assert.That(page, Does.Contain("href=\"/?range=7d&amp;agents=all&amp;is.browser=x%26y&amp;is.type=click\""), "a value filters, too");
        Assert.That(page, Does.Contain("href=\"/?range=7d&amp;agents=all\" aria-label=\"Without the filter browser\""));
        Assert.That(page, Does.Contain("href=\"/panels/pages.csv?range=7d&amp;agents=all&amp;is.browser=x%26y\""));
        Assert.That(page, Does.Contain("<input type=\"hidden\" name=\"is.browser\" value=\"x&amp;y\""));
    }

    [TestCase("/?range=%3Cb%3E", "There is no range &lt;b&gt;")]
    [TestCase("/?is.nothing=x", "Events have no column nothing.")]
    [TestCase("/live?range=1y", "There is no range 1y")]
    [TestCase("/panels/pages.csv?by=x", "by=x is not known")]
    public async Task Page_OfAnAddressThatSaysNothing_IsRefusedWithWords(string address, string words)
    {
        await using var dashboard = await RunningDashboard.StartAsync(_answers);
        using var answer = await dashboard.Http.GetAsync(address);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(text, Does.Contain(words).And.Not.Contain("   at ").And.Not.Contain("<script"));
    }

    [Test]
    public async Task Page_WithoutItsScript_LoadsItselfAgain() =>
        Assert.That(await PageAsync(), Does.Contain("<noscript><meta http-equiv=\"refresh\" content=\"5\" /></noscript>"));

    [Test]
    public async Task Page_AsSent_KeepsToItsOwnPolicy()
    {
        var page = await PageAsync();
        Assert.That(page, Does.Not.Match(" style=| on[a-z]+=|<style|javascript:"));
        Assert.That(Scripts().Matches(page).Select(m => m.Value), Is.All.Match("<script src=\"/assets/dashboard\\.[0-9a-f]{12}\\.js\" defer></script>"));
        Assert.That(page, Does.Not.Contain("https://").And.Not.Match("(src|href)=\"http"));
    }

    [Test]
    public async Task Page_NoTables_SaysHowToSendTheFirstEvent()
    {
        _answers.Tables = null;
        Assert.That(
            WebUtility.HtmlDecode(await PageAsync()),
            Does.Contain("No events yet: there is no table <code>pixels.pixel</code> in").And.Contain("curl 'http://localhost:8080/pixel.png?user_id=alice&type=click'"));
    }

    [Test]
    public async Task Page_BigQueryAwayFromTheStart_SaysSo()
    {
        _answers.Failure = new HttpRequestException("refused");
        var page = await PageAsync();
        Assert.That(page, Does.Contain("BigQuery at 127.0.0.1:9050 does not answer").And.Not.Contain("   at "));
        Assert.That(Regex.Count(page, "class=\"problem\""), Is.EqualTo(1), "said once, not by every panel");
    }

    [Test]
    public async Task Page_FirstReadingTakesLong_IsThereBeforeIt()
    {
        var release = new TaskCompletionSource();
        _answers.Gate = release.Task;
        await using var dashboard = await RunningDashboard.StartAsync(_answers, RunningDashboard.Options(pageWait: TimeSpan.FromMilliseconds(1)));
        Assert.That(await dashboard.GetAsync(), Does.Contain("Reading for the first time").And.Not.Contain("<section"));
        release.SetResult();
        await Eventually.IsTrueAsync(async () => (await dashboard.GetAsync()).Contains("<bdi>alice</bdi>", StringComparison.Ordinal), "the reading is shown");
        Assert.That(_answers.Readings, Is.EqualTo(1));
    }

    [Test]
    public async Task Assets_ByTheirHashedNames_AreKeptForGood()
    {
        await using var dashboard = await RunningDashboard.StartAsync(_answers);
        var page = await dashboard.GetAsync();
        foreach (var (extension, type) in new[] { ("css", "text/css"), ("js", "text/javascript"), ("svg", "image/svg+xml") })
        {
            using var answer = await dashboard.Http.GetAsync(Regex.Match(page, $"/assets/[a-z]+\\.[0-9a-f]{{12}}\\.{extension}").Value);
            Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo(type));
            Assert.That(answer.Headers.CacheControl!.ToString(), Does.Contain("immutable"));
        }
    }

    private async Task<string> PageAsync()
    {
        await using var dashboard = await RunningDashboard.StartAsync(_answers);
        return await dashboard.GetAsync();
    }

    [GeneratedRegex("<script.*?</script>")]
    private static partial Regex Scripts();
}
