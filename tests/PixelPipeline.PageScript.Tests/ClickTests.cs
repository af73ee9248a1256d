using PixelPipeline.PageScript.Tests.Support;

namespace PixelPipeline.PageScript.Tests;

/// <summary>Events of a page's own: by call, by mark, by link.</summary>
[TestFixtureSource(typeof(WebBrowser), nameof(WebBrowser.Names))]
internal sealed class ClickTests(string browserName) : BrowserTest(browserName)
{
    [Test]
    public async Task Call_WithFields_SendsThemBesideThePage()
    {
        await OpenAsync(Site.Page("/a", Site.Tag()));
        await Browser.EvaluateAsync("pixel('click', { order_id: '4 2&ü', user_id: 'bob', nothing: null, long: 'x'.repeat(5000) })");
        var hit = (await HitsAsync(2)).Single(h => h["type"] == "click");
        Assert.That((hit["type"], hit["order_id"], hit["user_id"], hit["page"]), Is.EqualTo(("click", "4 2&ü", "bob", Site.Origin + "/a")));
        Assert.That((hit["nothing"], hit["long"]!.Length), Is.EqualTo(((string?)null, 1000)));
    }

    [Test]
    public async Task Call_WithAFieldThatIsNotKnown_HasWhatIsUsual()
    {
        await OpenAsync(Site.Page("/a", "<script>Object.prototype.added = () => 1</script>" + Site.Tag("data-user=alice")));
        await Browser.EvaluateAsync("pixel('click', { user_id: undefined })");
        var hits = await HitsAsync(2);
        Assert.That(hits.Select(h => (h["user_id"], h["added"])), Is.All.EqualTo(("alice", (string?)null)));
    }

    [Test]
    public async Task Signature_OfTheTag_IsThatOfViewsAlone()
    {
        await OpenAsync(Site.Page("/a", Site.Tag("data-user=alice data-pixel-sig=k1..view data-pixel-order_id=42") + "<button data-pixel=buy data-pixel-sig=k1..buy>b</button>"));
        await Browser.EvaluateAsync("(document.querySelector('button').click(), pixel('call'))");
        Assert.That((await HitsAsync(3)).Select(h => (h["type"], h["order_id"], h["sig"])), Is.EquivalentTo([("view", "42", "k1..view"), ("buy", "42", "k1..buy"), ("call", "42", (string?)null)]));
    }

    [Test]
    public async Task Calls_BeforeTheScriptIsThere_AreSentAfterTheView()
    {
        const string Stub = "<script>window.pixel = function () { (pixel.q = pixel.q || []).push(arguments) }; pixel('early', { order_id: 7 })</script>";
        await OpenAsync(Site.Page("/a", Stub + Site.Tag()));
        Assert.That((await HitsAsync(2)).Select(h => (h["type"], h["order_id"])), Is.EquivalentTo([("view", null), ("early", "7")]));
    }

    [Test]
    public async Task Click_OnAMarkedElement_IsSentWhateverThePageDoesWithIt()
    {
        const string Button = "<button data-pixel=buy data-pixel-order_id=42><b>Buy</b></button><script>document.querySelector('button').onclick = (e) => e.stopPropagation()</script><p>p</p>";
        await OpenAsync(Site.Page("/a", Site.Tag() + Button));
        await Browser.EvaluateAsync("(document.querySelector('b').click(), document.querySelector('p').click())");
        Assert.That((await HitsAsync(2)).Select(h => (h["type"], h["order_id"])), Is.EquivalentTo([("view", null), ("buy", "42")]));
    }

    [TestCase("")]
    [TestCase("outbound", "outbound https://other.example/x", "outbound https://other.example/a.zip")]
    [TestCase("downloads", "download {0}/b.pdf", "download https://other.example/a.zip", "download {0}/c")]
    [TestCase("outbound downloads", "outbound https://other.example/x", "download {0}/b.pdf", "download https://other.example/a.zip", "download {0}/c")]
    public async Task Click_OnALink_IsSentIfAskedFor(string links, params string[] expected)
    {
        string[] addresses = ["https://user:password@other.example/x?token=1#f", "/b.pdf", "https://other.example/a.zip", "/other", "mailto:a@other.example"];
        var html = string.Concat(addresses.Select(a => $"<a href='{a}'>x</a>")) + "<a href=/c download>x</a>";
        await OpenAsync(Site.Page("/a", Site.Tag($"data-links='{links}'") + html));
        await Browser.EvaluateAsync("(addEventListener('click', (e) => e.preventDefault()), document.querySelectorAll('a').forEach((a) => a.click()))");
        var sent = (await HitsAsync(1 + expected.Length)).Where(h => h["type"] != "view").Select(h => $"{h["type"]} {h["link"]}");
        Assert.That(sent, Is.EquivalentTo(expected.Select(e => e.Replace("{0}", Site.Origin, StringComparison.Ordinal))));
    }

    [Test]
    public async Task Click_OfTheMiddleButton_IsOneAndThatOfTheRightIsNone()
    {
        await OpenAsync(Site.Page("/a", Site.Tag() + "<a href=/x data-pixel=open>x</a><button data-pixel=buy>b</button>"));
        await Browser.EvaluateAsync("[1, 2].map((button) => ['button', 'a'].map((e) => document.querySelector(e).dispatchEvent(new MouseEvent('auxclick', { button, bubbles: true, cancelable: true }))))");
        Assert.That((await HitsAsync(2)).Select(h => h["type"]), Is.EquivalentTo(["view", "open"]));
    }
}
