using PixelPipeline.PageScript.Tests.Support;

namespace PixelPipeline.PageScript.Tests;

/// <summary>Who a hit says that it is from, and when there is none.</summary>
[TestFixtureSource(typeof(WebBrowser), nameof(WebBrowser.Names))]
internal sealed class IdentityTests(string browserName) : BrowserTest(browserName)
{
    private const string Control = "<script>Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })</script>";

    [Test]
    public async Task Visitor_WithoutConsent_IsAnonymousAndNothingIsStored()
    {
        await OpenAsync(Site.Page("/a", Site.Tag()));
        Assert.That((await HitsAsync(1)).Single()["user_id"], Is.EqualTo("anonymous"));
        Assert.That((string?)await Browser.EvaluateAsync("document.cookie + localStorage.length + sessionStorage.length"), Is.EqualTo("00"));
    }

    [Test]
    public async Task Visitor_WhoAgrees_HasOneIdUntilConsentEnds()
    {
        await OpenAsync(Site.Page("/a", Site.Tag()));
        await Browser.EvaluateAsync("(pixel.consent(true), pixel.consent(true), pixel('agreed'))");
        await Site.HitsAsync(2);
        await OpenAsync(Site.Page("/b", Site.Tag()));
        await Site.HitsAsync(3);
        await Browser.EvaluateAsync("(pixel.consent(false), pixel('ended'))");

        var hits = await HitsAsync(4);

        var id = hits.Single(h => h["type"] == "agreed")["user_id"];
        Assert.That(id, Does.Match("^[0-9]{20,40}$"));
        Assert.That(
            hits.Select(h => (new Uri(h["page"]!).AbsolutePath, h["type"], h["user_id"])),
            Is.EquivalentTo([("/a", "view", "anonymous"), ("/a", "agreed", id), ("/b", "view", id), ("/b", "ended", "anonymous")]));
    }

    [Test]
    public async Task Visitor_WhereTheSiteDecidesToStore_HasAnIdFromTheFirstView()
    {
        await OpenAsync(Site.Page("/a", Site.Tag("data-storage=on")));
        await OpenAsync(Site.Page("/b", Site.Tag("data-storage=on")));
        var ids = (await HitsAsync(2)).Select(h => h["user_id"]).ToArray();
        Assert.That((ids.Length, ids[0]), Is.EqualTo((2, ids[1])));
        Assert.That(ids[0], Is.Not.EqualTo("anonymous"));
    }

    [Test]
    public async Task Visitor_WhoOptedOut_IsLeftAloneUntilAskedBackIn()
    {
        await OpenAsync(Site.Page("/a", Site.Tag("data-user=alice data-storage=on")));
        await Browser.EvaluateAsync("(pixel.optOut(), pixel('unseen'), pixel.consent(true))");
        await OpenAsync(Site.Page("/b", Site.Tag("data-user=alice data-storage=on")));
        await Browser.EvaluateAsync("(pixel('unseen'), pixel.optOut(false), pixel('back'))");
        Assert.That((await HitsAsync(2)).Select(h => h["type"]), Is.EquivalentTo(["view", "back"]));
    }

    [Test]
    public async Task Visitor_WithGlobalPrivacyControl_IsLeftAlone()
    {
        await OpenAsync(Site.Page("/a", Control + Site.Tag("data-user=alice")));
        await Browser.EvaluateAsync("pixel('unseen')");
        await OpenAsync(Site.Page("/b", Site.Tag()));
        Assert.That((await HitsAsync(1)).Select(h => h["page"]), Is.EqualTo([Site.Origin + "/b"]));
    }

    [Test]
    public async Task Visitor_WithGlobalPrivacyControl_HasNothingStored()
    {
        await OpenAsync(Site.Page("/a", Control + Site.Tag("data-storage=on")));
        Assert.That((string?)await Browser.EvaluateAsync("(pixel.consent(true), localStorage.getItem('pixel_id') || '')"), Is.Empty);
    }

    [Test]
    public async Task Visitor_WhoOptedOutWhereNothingCanBeStored_IsLeftAloneOnThisPage()
    {
        await OpenAsync(Site.Page("/a", "<script>Object.defineProperty(window, 'localStorage', { get() { throw new Error('storage') } })</script>" + Site.Tag()));
        await Browser.EvaluateAsync("(pixel.optOut(), pixel('unseen'), pixel.optOut(false))");
        Assert.That((await HitsAsync(1)).Select(h => h["type"]), Is.EqualTo(["view"]));
    }

    [Test]
    public async Task Visitor_WhereThePageStoresItsOwnThings_IsNotCalledByThem()
    {
        await OpenAsync(Site.Page("/a", "<script>localStorage.setItem('pixel_id', 'jane@example.org')</script>" + Site.Tag()));
        Assert.That((await HitsAsync(1)).Single()["user_id"], Is.EqualTo("anonymous"));
    }

    [Test]
    public async Task Visitor_WithGlobalPrivacyControlOnASiteThatDeclines_IsSeen()
    {
        await OpenAsync(Site.Page("/a", Control + Site.Tag("data-gpc=off")));
        Assert.That(await HitsAsync(1), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Hit_ToAnOriginWithCookies_TakesNoneAlong()
    {
        await Browser.OpenAsync(new Uri(Site.PixelOrigin + "/pixel.png"));
        await Browser.WaitAsync($"origin === {Quoted(Site.PixelOrigin)}");
        await Browser.EvaluateAsync("document.cookie = 'a=b; path=/'");
        await OpenAsync(Site.Page("/a", Site.Tag()));
        Assert.That((await HitsAsync(2)).Single(h => h["type"] == "view").Headers.Keys, Has.None.EqualTo("Cookie"));
    }
}
