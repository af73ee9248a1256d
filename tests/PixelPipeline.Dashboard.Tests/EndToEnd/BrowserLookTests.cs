using PixelPipeline.Dashboard.Tests.Support;

namespace PixelPipeline.Dashboard.Tests.EndToEnd;

/// <summary>How the pages look in real browsers, in the light and in the dark.</summary>
[TestFixture("chromium", false)]
[TestFixture("chromium", true)]
[TestFixture("firefox-esr", false)]
[TestFixture("firefox-esr", true)]
internal sealed class BrowserLookTests(string name, bool isDark) : BrowserTest(name, isDark)
{
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

    [TestCase(380)]
    [TestCase(1_280)]
    public async Task Page_OfRealTraffic_HasRoomForAllAndCanBeRead(int width)
    {
        var host = await SharedTraffic.HostedDashboardAsync();
        await Browser.ShowAsAsync(width, 900, IsDark);
        foreach (var address in (string[])["", "?range=today&is.site=shop.example&agents=all", "?range=7d&by=hour", "?range=year&by=month", "?range=8d", "user?id=user0007"])
        {
            await Browser.OpenAsync(new Uri(host.Http.BaseAddress!, address));
            await Browser.WaitAsync($"location.href.endsWith('/{address}') && document.readyState === 'complete' && document.querySelector('.problem, #panel-newest, .panel-events') !== null");
            Assert.That((await Browser.EvaluateAsync(Overlaps))!.ToJsonString(), Is.EqualTo("[]"), address);
            Assert.That((await Browser.EvaluateAsync(LowContrasts))!.ToJsonString(), Is.EqualTo("[]"), address);
            Assert.That((int)(await Browser.EvaluateAsync("document.documentElement.scrollWidth"))!, Is.LessThanOrEqualTo(width), address);
            if (Environment.GetEnvironmentVariable("PIXEL_TEST_PICTURES") is { Length: > 0 } folder)
            {
                await File.WriteAllBytesAsync(Path.Combine(folder, FormattableString.Invariant($"{Name}-{width}-{(IsDark ? "dark" : "light")}-{address.Length}.png")), await Browser.PhotographAsync());
            }
        }
    }

    [Test]
    public async Task Page_ForPeopleWhoCannotSeeIt_HasNothingSeriousInTheirWay()
    {
        var host = await SharedTraffic.HostedDashboardAsync();
        foreach (var address in (string[])["?is.browser=safari", "user?id=user0007", "?range=never"])
        {
            await Browser.OpenAsync(new Uri(host.Http.BaseAddress!, address));
            await Browser.WaitAsync($"location.href.endsWith('/{address}') && document.readyState === 'complete' && document.querySelector('.problem, #panel-newest, .panel-events') !== null");
            Assert.That(await AxeCore.SeriousAsync(Browser), Is.EqualTo("[]"), address);
        }
    }
}
