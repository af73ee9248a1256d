using System.Globalization;
using System.Text.Json.Nodes;
using PixelPipeline.Dashboard.Tests.Support;
using PixelPipeline.Dashboard.Views;

namespace PixelPipeline.Dashboard.Tests.EndToEnd;

/// <summary>What the page does in real browsers.</summary>
[TestFixture("chromium")]
[TestFixture("firefox-esr")]
internal sealed class BrowserTests(string name) : BrowserTest(name, isDark: false)
{
    private static readonly (string Panel, string Dimension, Func<TrafficEvent, string?> Value)[] Lists =
    [
        ("pages", "page", e => e.Page), ("types", "type", e => e.Type), ("campaigns", "utm_campaign", e => e.UtmCampaign),
        ("sources", "utm_source", e => e.UtmSource), ("mediums", "utm_medium", e => e.UtmMedium), ("browsers", "browser", e => e.Browser),
        ("systems", "os", e => e.Os), ("devices", "device", e => e.Device), ("users", "user_id", e => e.UserId), ("list", "language", e => e.Language),
    ];

    [Test]
    public async Task Page_AnEventComes_ShowsItWithoutLosingWhatTheReaderDid()
    {
        await using var events = await LocalEvents.StartAsync();
        await events.AddAsync(DateTime.UtcNow, "first", "<img src=x onerror=alert(1)>");
        var options = RunningDashboard.Options(TimeProvider.System, TimeSpan.FromMilliseconds(100));
        await using var dashboard = await RunningDashboard.StartAsync(events.Answers(options), options);

        await OpenAsync(dashboard, "");
        await Browser.EvaluateAsync("(() => { window.opened = 'once'; document.querySelector('#panel-newest > details').open = true; document.querySelector('#panel-newest > details summary').focus(); scrollTo(0, 300); })()");
        var scrolled = (double)(await Browser.EvaluateAsync("scrollY"))!;
        await events.AddAsync(DateTime.UtcNow, "newcomer", "click");
        await Browser.WaitAsync("[...document.querySelectorAll('#panel-newest bdi')].some(e => e.textContent === 'newcomer')");

        Assert.That((string?)await Browser.EvaluateAsync("window.opened"), Is.EqualTo("once"), "the page was not loaded again");
        Assert.That((bool)(await Browser.EvaluateAsync("document.querySelector('#panel-newest > details').open"))!, Is.True);
        Assert.That((bool)(await Browser.EvaluateAsync("document.activeElement === document.querySelector('#panel-newest > details summary')"))!, Is.True);
        Assert.That((double)(await Browser.EvaluateAsync("scrollY"))!, Is.EqualTo(scrolled).And.GreaterThan(0));
        Assert.That((int)(await Browser.EvaluateAsync("document.images.length"))!, Is.Zero);
        Assert.That(Browser.Complaints, Is.Empty);
    }

    [Test]
    public async Task Page_OfAHundredThousandEvents_ShowsWhatIsCounted()
    {
        await OpenAsync(Shared, "");
        var period = Period.Of(DayRange.Default, TimeZoneInfo.Utc, null, ScriptedAnswers.Now);
        var expected = new Expected(SharedTraffic.Stored, period.From, period.To, period.Since, period.Until, Audience.People, _ => true);
        Assert.That(await NumbersAsync("#panel-figures .figures div:not(.machines) strong"), Is.EqualTo((long[])[expected.Figures.Visitors, expected.Figures.Views, expected.Figures.Events]));
        foreach (var (panel, dimension, value) in Lists)
        {
            Assert.That(await RowsAsync(panel, dimension), Is.EqualTo(expected.Top(value).Select(r => (r.Value, r.Events, r.Views))), panel);
        }

        Assert.That(await RowsAsync("referrers", "referrer_host"), Is.EqualTo(expected.TopReferrers().Select(r => (r.Value, r.Events, r.Views))));
        Assert.That((await RowsAsync("entries", "page")).Select(r => (r.Value, r.Events)), Is.EqualTo(expected.Entries()));
        Assert.That((await RowsAsync("mail", "agent_class")).ToDictionary(r => r.Value!, r => (r.Events, r.Second)), Is.EquivalentTo(expected.Mail()));
        var days = expected.Shown.GroupBy(e => e.EventTime.Date).OrderByDescending(g => g.Key).Select(g => (long)g.Count());
        Assert.That((await NumbersAsync("#panel-series tbody td:last-child")).Where(n => n > 0), Is.EqualTo(days));
        var newest = expected.Shown.Select(e => e.EventTime).OrderDescending().Take(20).Select(t => t.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture));
        Assert.That(await TextsAsync("[...document.querySelectorAll('#panel-newest summary time')].map(t => t.dateTime)"), Is.EqualTo(newest));
    }

    [Test]
    public async Task Click_OnAValueOfEachPanel_FiltersAndTheBackButtonTakesItBack()
    {
        await OpenAsync(Shared, "");
        foreach (var (panel, dimension) in Lists.Select(l => (l.Panel, l.Dimension)).Append(("referrers", "referrer_host")))
        {
            var (value, events, views) = (await RowsAsync(panel, dimension))[1];
            await Browser.EvaluateAsync($"document.querySelectorAll('#panel-{panel} tbody a.value')[1].click()");
            await Browser.WaitAsync($"new URLSearchParams(location.search).get({(value is null ? "'no'" : $"'is.{dimension}'")}) === {Quoted(value ?? dimension)} && {IsThere}");
            Assert.That((await NumbersAsync("#panel-figures .figures strong"))[1..3], Is.EqualTo((long[])[views, events]), panel);
            await Browser.GoBackAsync();
            await Browser.WaitAsync($"location.search === '' && document.querySelector('.filters') === null && {IsThere}");
        }

        await Browser.EvaluateAsync("(() => { const s = document.querySelector('select[name=list]'); s.value = 'screen_width'; s.form.requestSubmit(); })()");
        await Browser.WaitAsync($"location.search === '?list=screen_width' && {IsThere}");
        Assert.That(await RowsAsync("list", "screen_width"), Is.Not.Empty);
        var host = Shared.Http.BaseAddress!.Host;
        Assert.That(Browser.Requests.Where(r => r.Scheme is "http" or "https").Select(r => r.Host).Distinct(), Is.EqualTo(new[] { host }), "nothing is asked of another host");
        Assert.That(Browser.Complaints, Is.Empty);
    }

    [Test]
    public async Task Button_OfTheHost_IsTakenFromTheOwnPage()
    {
        var host = new RecordingHost();
        await using var dashboard = await RunningDashboard.StartAsync(new ScriptedAnswers(), host: host);
        await OpenAsync(dashboard, "?range=7d");
        await Browser.EvaluateAsync("document.querySelector('#panel-rejected form button').click()");
        await Browser.WaitAsync("location.href.endsWith('/?range=7d#panel-rejected') && document.readyState === 'complete'");
        await Browser.EvaluateAsync("document.querySelector('#panel-health form button').click()");
        await Browser.WaitAsync("location.href.endsWith('/?range=7d#panel-health') && document.readyState === 'complete'");
        Assert.That(host.Done, Is.EqualTo(new[] { "replay missing_required", "examine" }));
    }

    [Test]
    public async Task Page_OfHostileValuesOnAPhone_IsNoWiderThanTheScreen()
    {
        var answers = new ScriptedAnswers { Answer = ScriptedAnswers.Usual(user: new string('w', 8_000), type: new string('m', 8_000)) };
        await using var dashboard = await RunningDashboard.StartAsync(answers);
        await Browser.ShowAsAsync(width: 380, height: 800);
        await OpenAsync(dashboard, "");
        Assert.That((int)(await Browser.EvaluateAsync("document.documentElement.scrollWidth"))!, Is.LessThanOrEqualTo(380));
        Assert.That(Browser.Complaints, Is.Empty);
    }

    [Test]
    public async Task Page_SomethingForeign_IsRefusedByItsPolicy()
    {
        await using var dashboard = await RunningDashboard.StartAsync(new ScriptedAnswers());
        await OpenAsync(dashboard, "");
        Assert.That((string?)await Browser.EvaluateAsync(
            "new Promise(told => { document.addEventListener('securitypolicyviolation', e => told(e.effectiveDirective)); new Image().src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw='; })"), Is.EqualTo("img-src"));
    }

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private async Task<List<string?>> TextsAsync(string expression) => [.. ((JsonArray)(await Browser.EvaluateAsync(expression))!).Select(t => (string?)t)];

    private async Task<long[]> NumbersAsync(string selector) =>
        [.. ((JsonArray)(await Browser.EvaluateAsync($"[...document.querySelectorAll('{selector}')].map(e => parseInt(e.textContent.replace(/,/g, '')))"))!).Select(n => (long)n!)];

    /// <summary>A list's values, as a click on each would filter, with both numbers beside it.</summary>
    private async Task<List<(string? Value, long Events, long Second)>> RowsAsync(string panel, string dimension)
    {
        var rows = (JsonArray)(await Browser.EvaluateAsync(
            $"[...document.querySelectorAll('#panel-{panel} tbody tr')].map(r => [new URL(r.querySelector('a.value').href).searchParams.get('is.{dimension}'), ...[...r.querySelectorAll('td')].map(c => parseInt(c.textContent.replace(/,/g, '')))])"))!;
        return [.. rows.Select(r => ((string?)r![0], (long)r[1]!, r.AsArray().Count > 2 ? (long)r[2]! : 0))];
    }
}
