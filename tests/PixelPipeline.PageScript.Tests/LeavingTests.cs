using System.Globalization;
using PixelPipeline.PageScript.Tests.Support;

namespace PixelPipeline.PageScript.Tests;

/// <summary>
/// A click that leaves the page at once: where scripts lose hits. <c>PAGE_SCRIPT_TRIES</c> says how often each is tried;
/// docs/page-script.md has what 100 of each gave.
/// </summary>
[TestFixtureSource(typeof(WebBrowser), nameof(WebBrowser.Names))]
internal sealed class LeavingTests(string browserName) : BrowserTest(browserName)
{
    private static readonly int Tries = int.Parse(Environment.GetEnvironmentVariable("PAGE_SCRIPT_TRIES") ?? "10", CultureInfo.InvariantCulture);

    [TestCase(0, false, TestName = "Click_ThatLeaves_IsNotLost(warm)")]
    [TestCase(300, false, TestName = "Click_ThatLeaves_IsNotLost(slow)")]
    [TestCase(0, true, TestName = "Click_ThatLeaves_IsNotLost(cold)")]
    [TestCase(300, true, TestName = "Click_ThatLeaves_IsNotLost(cold and slow)")]
    public async Task Click_ThatLeaves_IsNotLost(int delay, bool isCold)
    {
        await using var site = await Site.StartAsync(tls: true);
        (site.Delay, site.IsCold) = (TimeSpan.FromMilliseconds(delay), isCold);
        for (var i = 0; i < Tries; i++)
        {
            // Left by the page itself, as soon as its script and its view are out: no time goes by in between.
            var leave = $"<a href=/{i + 1} data-pixel=leave data-pixel-order_id={i}>on</a><script>addEventListener('load', () => document.querySelector('a').click())</script>";
            site.Page($"/{i}", site.Tag() + leave);
        }

        site.Page($"/{Tries}", "The end.");
        await Browser.OpenAsync(new Uri(site.Origin + "/0"));
        for (var i = 1; i <= Tries; i++)
        {
            await Eventually.IsTrueAsync(() => site.Asked.Contains($"/{i}"), $"page {i}");
        }

        await ArriveAsync(site, "leave");
    }

    [Test]
    public async Task Click_ThatClosesTheTab_IsNotLost()
    {
        await using var site = await Site.StartAsync(tls: true);
        (site.Delay, site.IsCold) = (TimeSpan.FromMilliseconds(300), true);
        for (var i = 0; i < Tries; i++)
        {
            await Browser.OpenAsync(site.Page("/a", site.Tag()));
            await Browser.WaitAsync("!!window.pixel");
            await Browser.EvaluateAsync($"pixel('close', {{ order_id: {i} }})");
            await Browser.ReplaceTabAsync();
        }

        await ArriveAsync(site, "close");
    }

    private static async Task ArriveAsync(Site site, string type)
    {
        int Arrived() => site.Hits.Where(h => h["type"] == type).DistinctBy(h => h["order_id"]).Count();
        await Eventually.IsTrueAsync(() => Arrived() == Tries, $"all of {Tries} hits of the type {type}");
        Assert.That(site.Hits.Count(h => h["type"] == type), Is.EqualTo(Tries), "each once");
        TestContext.Out.WriteLine($"{Arrived()} of {Tries}");
    }
}
