using PixelPipeline.Dashboard.Tests.Support;

namespace PixelPipeline.Dashboard.Tests.EndToEnd;

/// <summary>The page in a real browser.</summary>
internal sealed class BrowserTests
{
    private const string IsThere = "document.readyState === 'complete' && document.querySelector('#panel-newest bdi') !== null";

    // Boxes of text that share more than a hair with the box of another, or stand out of the screen or the panel.
    private const string Overlaps =
        """
        (() => {
          const texts = [...document.querySelectorAll('svg.axis text, svg.bars g:not(.wide) > text, .list .value, .list .number, h2, .figures strong, .panel nav a, .segments a, .events summary > *, .filters li > *')]
            .filter(e => e.getClientRects().length && getComputedStyle(e).visibility === 'visible');
          const wide = matchMedia('(min-width: 701px)').matches ? [...document.querySelectorAll('svg.bars g.wide > text')] : [];
          const boxes = [...texts, ...wide].map(e => [e, e.getBoundingClientRect()]);
          const found = [];
          boxes.forEach(([a, x], i) => {
            if (x.left < -0.5 || x.right > innerWidth + 0.5) found.push(`${a.textContent} stands out of the screen`);
            for (const [b, y] of boxes.slice(i + 1)) {
              if (!a.contains(b) && !b.contains(a)
                && Math.min(x.right, y.right) - Math.max(x.left, y.left) > 1 && Math.min(x.bottom, y.bottom) - Math.max(x.top, y.top) > 3)
                found.push(`${a.textContent} | ${b.textContent}`);
            }
          });
          return found;
        })()
        """;

    // The least contrast of a text with what is behind it (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
    private const string LowContrasts =
        """
        (() => {
          const parse = c => c.match(/[\d.]+/g).map(Number);
          const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((s, v, i) => s + v * [0.2126, 0.7152, 0.0722][i], 0);
          const behind = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
          const found = new Set();
          for (const e of document.querySelectorAll('body *')) {
            if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) || !e.getClientRects().length || e.closest('.unseen')) continue;
            const style = getComputedStyle(e), text = light(parse(e instanceof SVGElement ? style.fill : style.color));
            const backs = [behind(e)];
            if (e.closest('.name')) backs.push(parse(getComputedStyle(document.querySelector('.share rect')).fill));
            for (const back of backs.map(light)) {
              const ratio = (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05);
              if (ratio < 4.5) found.add(`${e.className} ${e.textContent.slice(0, 30)}: ${ratio.toFixed(2)}`);
            }
          }
          return [...found];
        })()
        """;

    [Test]
    public async Task Page_AnEventComes_ShowsItWithoutLosingWhatTheReaderDid()
    {
        await using var browser = await StartAsync();
        await using var events = await LocalEvents.StartAsync();
        await events.AddAsync(DateTime.UtcNow, "first", "<img src=x onerror=alert(1)>");
        var options = RunningDashboard.Options(TimeProvider.System, TimeSpan.FromMilliseconds(100));
        await using var dashboard = await RunningDashboard.StartAsync(events.Answers(options), options);

        await browser.OpenAsync(dashboard.Http.BaseAddress!);
        await browser.WaitAsync(IsThere);
        await browser.EvaluateAsync("(() => { window.opened = 'once'; document.querySelector('#panel-newest > details').open = true; document.querySelector('#panel-newest > details summary').focus(); scrollTo(0, 300); })()");
        var scrolled = (double)(await browser.EvaluateAsync("scrollY"))!;
        await events.AddAsync(DateTime.UtcNow, "newcomer", "click");
        await browser.WaitAsync("[...document.querySelectorAll('#panel-newest bdi')].some(e => e.textContent === 'newcomer')");

        Assert.That((string?)await browser.EvaluateAsync("window.opened"), Is.EqualTo("once"), "the page was not loaded again");
        Assert.That((bool)(await browser.EvaluateAsync("document.querySelector('#panel-newest > details').open"))!, Is.True);
        Assert.That((bool)(await browser.EvaluateAsync("document.activeElement === document.querySelector('#panel-newest > details summary')"))!, Is.True);
        Assert.That((double)(await browser.EvaluateAsync("scrollY"))!, Is.EqualTo(scrolled).And.GreaterThan(0));
        Assert.That((int)(await browser.EvaluateAsync("document.images.length"))!, Is.Zero);
        Assert.That(browser.Complaints, Is.Empty);
    }

    [Test]
    public async Task Click_OnAValue_FiltersAndTheBackButtonTakesItBack()
    {
        await using var browser = await StartAsync();
        await using var events = await LocalEvents.StartAsync();
        await events.AddAsync(DateTime.UtcNow, "alice", "view", more: [("browser", "firefox")]);
        await events.AddAsync(DateTime.UtcNow, "bob", "view", more: [("browser", "safari")]);
        var options = RunningDashboard.Options(TimeProvider.System);
        await using var dashboard = await RunningDashboard.StartAsync(events.Answers(options), options);

        await browser.OpenAsync(dashboard.Http.BaseAddress!);
        await browser.WaitAsync(IsThere);
        const string Events = "document.querySelectorAll('.figures strong')[2].textContent";
        Assert.That((string?)await browser.EvaluateAsync(Events), Is.EqualTo("2"));
        await browser.EvaluateAsync("[...document.querySelectorAll('#panel-browsers a.value')].find(e => e.textContent.trim() === 'safari').click()");
        await browser.WaitAsync("location.search === '?is.browser=safari' && " + IsThere);
        Assert.That((string?)await browser.EvaluateAsync(Events), Is.EqualTo("1"));
        Assert.That((string?)await browser.EvaluateAsync("document.querySelector('.filters li').textContent.replace(/\\s+/g, '')"), Is.EqualTo("browser:safari×"));
        await browser.EvaluateAsync("(() => { const s = document.querySelector('select[name=list]'); s.value = 'user_id'; s.form.requestSubmit(); })()");
        await browser.WaitAsync("location.search.endsWith('is.browser=safari&list=user_id') && " + IsThere);
        await browser.GoBackAsync();
        await browser.WaitAsync("location.search === '?is.browser=safari' && " + IsThere);
        await browser.GoBackAsync();
        await browser.WaitAsync("location.search === '' && document.querySelector('.filters') === null && " + IsThere);
        Assert.That((string?)await browser.EvaluateAsync(Events), Is.EqualTo("2"));
        Assert.That(browser.Requests.Where(r => r.Scheme is "http" or "https").Select(r => r.Host).Distinct(), Is.EqualTo(new[] { dashboard.Http.BaseAddress!.Host }), "nothing is asked of another host");
        Assert.That(browser.Complaints, Is.Empty);
    }

    [TestCase(380, false)]
    [TestCase(380, true)]
    [TestCase(1_280, false)]
    [TestCase(1_280, true)]
    public async Task Page_OfRealTraffic_HasRoomForAllAndCanBeRead(int width, bool isDark)
    {
        await using var browser = await StartAsync();
        await using var events = await LocalEvents.StartAsync();
        await events.LoadAsync(new Traffic(seed: 9).Make(3_000, ScriptedAnswers.Now, days: 40));
        var options = RunningDashboard.Options();
        await using var dashboard = await RunningDashboard.StartAsync(events.Answers(options), options);
        await browser.ShowAsAsync(width, 900, isDark);
        foreach (var address in (string[])["", "?range=today&is.site=shop.example&agents=all", "?range=7d&by=hour", "?range=year&by=month", "?range=8d"])
        {
            await browser.OpenAsync(new Uri(dashboard.Http.BaseAddress!, address));
            await browser.WaitAsync($"location.search === '{address}' && document.readyState === 'complete' && (document.querySelector('.problem') ?? document.querySelector('#panel-newest')) !== null");
            Assert.That((await browser.EvaluateAsync(Overlaps))!.ToJsonString(), Is.EqualTo("[]"), address);
            Assert.That((await browser.EvaluateAsync(LowContrasts))!.ToJsonString(), Is.EqualTo("[]"), address);
            Assert.That((int)(await browser.EvaluateAsync("document.documentElement.scrollWidth"))!, Is.LessThanOrEqualTo(width), address);
            if (Environment.GetEnvironmentVariable("PIXEL_TEST_PICTURES") is { Length: > 0 } folder)
            {
                await File.WriteAllBytesAsync(Path.Combine(folder, FormattableString.Invariant($"{width}-{(isDark ? "dark" : "light")}-{address.Length}.png")), await browser.PhotographAsync());
            }
        }
    }

    [Test]
    public async Task Page_OnAPhone_IsNoWiderThanTheScreen()
    {
        await using var browser = await StartAsync();
        var answers = new ScriptedAnswers { Answer = ScriptedAnswers.Usual(user: new string('w', 8_000), type: new string('m', 8_000)) };
        await using var dashboard = await RunningDashboard.StartAsync(answers);
        await browser.ShowAsAsync(width: 380, height: 800);
        await browser.OpenAsync(dashboard.Http.BaseAddress!);
        await browser.WaitAsync(IsThere);
        Assert.That((int)(await browser.EvaluateAsync("document.documentElement.scrollWidth"))!, Is.LessThanOrEqualTo(380));
        Assert.That(browser.Complaints, Is.Empty);
    }

    [Test]
    public async Task Page_SomethingForeign_IsRefusedByItsPolicy()
    {
        await using var browser = await StartAsync();
        await using var dashboard = await RunningDashboard.StartAsync(new ScriptedAnswers());
        await browser.OpenAsync(dashboard.Http.BaseAddress!);
        await browser.WaitAsync(IsThere);
        await browser.EvaluateAsync("(() => { new Image().src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw='; })()");
        await Eventually.IsTrueAsync(async () => await browser.EvaluateAsync("1") is not null && browser.Complaints.Count > 0, "the browser complains");
        Assert.That(browser.Complaints, Has.Some.Contains("Content Security Policy"));
    }

    private static async Task<Chromium> StartAsync()
    {
        var browser = (Chromium)await WebBrowser.StartAsync("chromium");
        await browser.WatchAsync();
        return browser;
    }
}
