using PixelPipeline.Dashboard.Tests.Support;

namespace PixelPipeline.Dashboard.Tests.EndToEnd;

/// <summary>The page in a real browser.</summary>
internal sealed class BrowserTests
{
    [Test]
    public async Task Page_AnEventComes_ShowsItWithoutLosingWhatTheReaderDid()
    {
        Assume.That(Browser.Program, Is.Not.Null, "chromium is not installed (apt-get install chromium)");
        await using var events = await LocalEvents.StartAsync(partitioned: true);
        await events.AddAsync(DateTime.UtcNow, "first", "<img src=x onerror=alert(1)>");
        var options = RunningDashboard.Options(TimeProvider.System, TimeSpan.FromMilliseconds(100));
        await using var dashboard = await RunningDashboard.StartAsync(events.Answers(options), options);
        await using var browser = await Browser.StartAsync();

        await browser.OpenAsync(dashboard.Http.BaseAddress!);
        await browser.WaitAsync("document.readyState === 'complete' && document.querySelector('#panel-newest bdi') !== null");
        await browser.EvaluateAsync("window.opened = 'once'; document.querySelector('#panel-newest details').open = true; document.querySelector('#panel-newest summary').focus(); scrollTo(0, 300)");
        var scrolled = (double)(await browser.EvaluateAsync("scrollY"))!;
        await events.AddAsync(DateTime.UtcNow, "newcomer", "click");
        await browser.WaitAsync("[...document.querySelectorAll('#panel-newest bdi')].some(e => e.textContent === 'newcomer')");

        Assert.That((string?)await browser.EvaluateAsync("window.opened"), Is.EqualTo("once"), "the page was not loaded again");
        Assert.That((bool)(await browser.EvaluateAsync("document.querySelector('#panel-newest details').open"))!, Is.True);
        Assert.That((bool)(await browser.EvaluateAsync("document.activeElement === document.querySelector('#panel-newest summary')"))!, Is.True);
        Assert.That((double)(await browser.EvaluateAsync("scrollY"))!, Is.EqualTo(scrolled).And.GreaterThan(0));
        Assert.That((int)(await browser.EvaluateAsync("document.images.length"))!, Is.Zero);
        Assert.That(browser.Complaints, Is.Empty);
    }

    [Test]
    public async Task Page_OnAPhone_IsNoWiderThanTheScreen()
    {
        Assume.That(Browser.Program, Is.Not.Null, "chromium is not installed (apt-get install chromium)");
        var answers = new ScriptedAnswers { Answer = ScriptedAnswers.Usual(user: new string('w', 8_000), type: new string('m', 8_000)) };
        await using var dashboard = await RunningDashboard.StartAsync(answers);
        await using var browser = await Browser.StartAsync();
        await browser.ResizeAsync(width: 400, height: 800);
        await browser.OpenAsync(dashboard.Http.BaseAddress!);
        await browser.WaitAsync("document.readyState === 'complete' && document.querySelector('#panel-newest bdi') !== null");
        Assert.That((int)(await browser.EvaluateAsync("document.documentElement.scrollWidth"))!, Is.LessThanOrEqualTo(400));
        Assert.That(browser.Complaints, Is.Empty);
    }

    [Test]
    public async Task Page_SomethingForeign_IsRefusedByItsPolicy()
    {
        Assume.That(Browser.Program, Is.Not.Null, "chromium is not installed (apt-get install chromium)");
        await using var dashboard = await RunningDashboard.StartAsync(new ScriptedAnswers());
        await using var browser = await Browser.StartAsync();
        await browser.OpenAsync(dashboard.Http.BaseAddress!);
        await browser.WaitAsync("document.readyState === 'complete' && document.querySelector('#panel-newest bdi') !== null");
        await browser.EvaluateAsync("new Image().src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw='");
        await Eventually.IsTrueAsync(async () => await browser.EvaluateAsync("1") is not null && browser.Complaints.Count > 0, "the browser complains");
        Assert.That(browser.Complaints, Has.Some.Contains("Content Security Policy"));
    }
}
