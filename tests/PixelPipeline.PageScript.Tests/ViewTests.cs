using PixelPipeline.PageScript.Tests.Support;

namespace PixelPipeline.PageScript.Tests;

/// <summary>What a page that is shown sends.</summary>
[TestFixtureSource(typeof(WebBrowser), nameof(WebBrowser.Names))]
internal sealed class ViewTests(string browserName) : BrowserTest(browserName)
{
    [Test]
    public async Task View_OnAPageOfAnotherOrigin_TellsPageReferrerAndCampaign()
    {
        var cart = Site.Page("/cart", Site.Tag("data-user=alice data-params='plan step' data-pixel-order_id=42"), title: "Cart & more");
        var start = Site.Page("/start", $"<a id=go href='/cart?utm_source=news&utm_campaign=fall&gclid=g1&plan=pro&token=secret#part'>go</a>");
        await Browser.OpenAsync(new Uri(start + "?token=secret"));
        await Browser.WaitAsync("!!document.getElementById('go')");
        await Browser.EvaluateAsync("document.getElementById('go').click()");

        await Site.HitsAsync(1);

        var hit = Site.Hits.Single();
        Assert.Multiple(() =>
        {
            Assert.That(hit["page"], Is.EqualTo($"{cart}?utm_source=news&utm_campaign=fall&gclid=g1&plan=pro"));
            Assert.That(hit["referrer"], Is.EqualTo(start.AbsoluteUri));
            Assert.That((hit["user_id"], hit["type"], hit["title"], hit["order_id"]), Is.EqualTo(("alice", "view", "Cart & more", "42")));
            Assert.That((hit["utm_source"], hit["utm_campaign"], hit["utm_medium"]), Is.EqualTo(("news", "fall", (string?)null)));
            Assert.That(hit["language"], Does.StartWith("en"));
            Assert.That(int.Parse(hit["screen_width"]!), Is.GreaterThan(100));
            Assert.That(hit["hit_id"], Does.Match("^[0-9]{20,40}$"));
            Assert.That(hit.Headers["Referer"], Is.EqualTo(Site.Origin + "/"), "what the browser tells by itself");
            Assert.That(hit.Headers.Keys, Has.None.EqualTo("Cookie"));
        });
    }

    [Test]
    public async Task View_WhereARouterChangesThePage_ComesOnceForEach()
    {
        await OpenAsync(Site.Page("/a", Site.Tag()));
        await Browser.EvaluateAsync("(history.replaceState(null, '', '/a?filter=1'), history.pushState(null, '', '/a#part'))");
        await Browser.EvaluateAsync("(history.pushState(null, '', '/b'), document.title = 'B')");
        await Site.HitsAsync(2);
        await Browser.EvaluateAsync("history.back()");
        await Site.HitsAsync(3);

        var hits = await HitsAsync(3);

        Assert.That(hits.Select(h => new Uri(h["page"]!).AbsolutePath), Is.EqualTo(["/a", "/b", "/a"]));
        Assert.That(hits.Select(h => h["referrer"] is { Length: > 0 } referrer ? new Uri(referrer).AbsolutePath : ""), Is.EqualTo(["", "/a", "/b"]));
        Assert.That(hits[1]["title"], Is.EqualTo("B"));
        Assert.That(hits.Select(h => h["hit_id"]), Is.Unique);
    }

    [Test]
    public async Task View_WhereThePageTidiesItsAddress_ComesOnceAndKeepsTheCampaign()
    {
        Site.Page("/a", Site.Tag());
        await OpenAsync(new Uri(Site.Origin + "/a?utm_source=news&gclid=g1"));
        await Browser.EvaluateAsync("(history.replaceState(null, '', '/a?gclid=g1'), history.replaceState(null, '', '/a'), new Promise((r) => setTimeout(r)))");
        await Browser.EvaluateAsync("pixel('click')");
        Assert.That((await HitsAsync(2)).Select(h => (h["type"], h["utm_source"])), Is.EquivalentTo([("view", "news"), ("click", "news")]));
    }

    [Test]
    public async Task View_OfAPageWhoseAddressTellsMore_HasOnlyWhatIsListed()
    {
        Site.Page("/a", "<meta name=referrer content=unsafe-url>" + Site.Tag("data-params='plan,\n step'"));
        await OpenAsync(new Uri(Site.Origin + "/a?=mail%40example.org&token=secret&plan=pro&step=2#part"));
        var hit = (await HitsAsync(1)).Single();
        Assert.That((hit["page"], hit.Headers["Referer"]), Is.EqualTo((Site.Origin + "/a?plan=pro&step=2", Site.Origin + "/")));
    }

    [Test]
    public async Task View_OfAScriptWithAVersion_GoesToThePixel()
    {
        await OpenAsync(Site.Page("/a", $"<script async src='{Site.PixelOrigin}/pixel.js?v=rel/1.2'></script>"));
        Assert.That((await HitsAsync(1)).Single().Path, Is.EqualTo("/pixel.png"));
    }

    [Test]
    public async Task View_OutOfTheBackForwardCache_IsAnother()
    {
        Site.Page("/b", Site.Tag());
        await OpenAsync(Site.Page("/a", $"{Site.Tag()}<a href=/b>b</a>"));
        await Browser.EvaluateAsync("(window.kept = true, document.links[0].click())");
        await Browser.WaitAsync("location.pathname === '/b' && document.readyState === 'complete'");
        await Site.HitsAsync(2);

        await Browser.GoBackAsync();
        await Browser.WaitAsync("location.pathname === '/a'");
        var why = await Browser.EvaluateAsync("performance.getEntriesByType('navigation')[0].notRestoredReasons");
        Assert.That((bool?)await Browser.EvaluateAsync("window.kept"), Is.True, $"the page is kept: nothing in the script forbids it: {why}");

        Assert.That((await HitsAsync(3)).Select(h => new Uri(h["page"]!).AbsolutePath), Is.EqualTo(["/a", "/b", "/a"]));
    }

    [Test]
    public async Task View_OfAPrerenderedPage_WaitsUntilItIsShown()
    {
        if (!IsChromium)
        {
            Assert.Ignore("Firefox renders no page ahead.");
        }

        const string Rules = """<script type=speculationrules>{"prerender": [{"urls": ["/b"], "eagerness": "immediate"}]}</script>""";
        const string Ahead = "<script>onload = () => document.prerendering && fetch('/ahead'); document.onprerenderingchange = () => fetch('/shown')</script>";
        const string Go = "<script>const look = async () => (await fetch('/asked/ahead')).ok ? (pixel('ahead'), document.links[0].click()) : setTimeout(look, 20); look()</script>";
        Site.Page("/b", Site.Tag() + Ahead);
        await ((Chromium)Browser).OpenUnwatchedAsync(Site.Page("/a", $"{Site.Tag()}<a href=/b>b</a>{Rules}{Go}"));
        await Site.HitsAsync(3);
        await Eventually.IsTrueAsync(() => Site.Asked.Contains("/shown"), "the page that was rendered ahead is shown");

        Assert.That(Site.Hits.Select(h => (h["type"], new Uri(h["page"]!).AbsolutePath)), Is.EqualTo([("view", "/a"), ("ahead", "/a"), ("view", "/b")]));
        Assert.That(Site.Asked.Count(p => p == "/b"), Is.EqualTo(1));
    }

    [Test]
    public async Task View_OfAFrame_TellsTheFrameAndWhoseItIs()
    {
        Site.Page("/frame", Site.Tag());
        var outer = Site.Page("/outer", $"<iframe src='/frame'></iframe>");
        await Browser.OpenAsync(outer);

        await Site.HitsAsync(1);

        var hit = Site.Hits.Single();
        Assert.That((hit["page"], hit["referrer"]), Is.EqualTo((Site.Origin + "/frame", outer.AbsoluteUri)));
    }

    [Test]
    public async Task View_WithABaseElsewhere_GoesToThePixel()
    {
        await OpenAsync(Site.Page("/a", "<base href='https://elsewhere.example/x/'>" + Site.Tag()));
        Assert.That((await HitsAsync(1)).Single()["page"], Is.EqualTo(Site.Origin + "/a"));
    }

    [Test]
    public async Task View_WithTwoTags_ComesOnce()
    {
        await OpenAsync(Site.Page("/a", Site.Tag() + Site.Tag("data-user=other")));
        await Browser.WaitAsync("document.readyState === 'complete'");
        Assert.That(await HitsAsync(1), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task View_OfAScriptThatIsPartOfThePage_GoesWhereItsTagSays()
    {
        var script = await File.ReadAllTextAsync(Site.ScriptFile);
        await OpenAsync(Site.Page("/a", $"<script data-to='{Site.PixelOrigin}/pixel.png'>{script}</script>"));
        Assert.That((await HitsAsync(1)).Single()["type"], Is.EqualTo("view"));
    }
}
