using System.Security.Cryptography;
using System.Text.Json.Nodes;
using PixelPipeline.PageScript.Tests.Support;

namespace PixelPipeline.PageScript.Tests;

/// <summary>How hits get out of a page.</summary>
[TestFixtureSource(typeof(WebBrowser), nameof(WebBrowser.Names))]
internal sealed class SendingTests(string browserName) : BrowserTest(browserName)
{
    private static readonly string Integrity = "sha384-" + Convert.ToBase64String(SHA384.HashData(File.ReadAllBytes(Site.ScriptFile)));

    [Test]
    public async Task Hits_ManyAtOnce_AllArrive()
    {
        await OpenAsync(Site.Page("/a", Site.Tag()));
        await Browser.EvaluateAsync("Array.from({ length: 300 }, (_, i) => pixel('burst', { order_id: i })).length");
        await Eventually.IsTrueAsync(() => Site.Hits.Where(h => h["type"] == "burst").DistinctBy(h => h["order_id"]).Count() == 300, "300 hits");
        Assert.That(Site.Hits.Select(h => h["hit_id"]).Distinct().Count(), Is.EqualTo(301), "each way of a hit has the same id");
    }

    [Test]
    public async Task Hit_WhoseConnectionIsCut_IsOneEventByItsId()
    {
        await OpenAsync(Site.Page("/a", Site.Tag()));
        await Site.HitsAsync(1);
        Site.Cuts = 1;
        await Browser.EvaluateAsync("pixel('cut')");
        await Eventually.IsTrueAsync(() => Site.Hits.Count(h => h["type"] == "cut") >= 2, "the hit, sent again");
        Assert.That((await HitsAsync(3)).Where(h => h["type"] == "cut").Select(h => h["hit_id"]).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Hit_WherePolicyForbidsFetch_ComesAsAnImage()
    {
        var policy = $"default-src 'none'; script-src {Site.PixelOrigin}; img-src {Site.PixelOrigin}";
        await OpenAsync(Site.Page("/a", Site.Tag(), policy));
        await Site.HitsAsync(1);
        await Browser.EvaluateAsync("pixel('click')");
        var hits = await Site.HitsUntilAsync("click");
        Assert.That(hits.Select(h => h["type"]), Is.EquivalentTo(["view", "click"]));
        Assert.That(hits.Select(h => h.Headers["Sec-Fetch-Dest"]), Is.All.EqualTo("image"));
    }

    [Test]
    public async Task Hit_WherePolicyForbidsImages_ComesByFetch()
    {
        await OpenAsync(Site.Page("/a", Site.Tag(), $"default-src 'none'; script-src {Site.PixelOrigin}; connect-src {Site.PixelOrigin}"));
        Assert.That((await HitsAsync(1)).Select(h => h.Headers["Sec-Fetch-Dest"]), Is.EqualTo(["empty"]));
    }

    [Test]
    public async Task Hit_WhereThePixelIsOutOfReach_IsPostedToTheCollector()
    {
        Site.IsDown = true;
        await OpenAsync(Site.Page("/a", Site.Tag("data-collect=/collect data-user=alice"), title: new string('t', 5000)));
        await Eventually.IsTrueAsync(() => Site.Posted.Count > 0, "a posted event");
        var posted = JsonNode.Parse(Site.Posted.Single())!;
        Assert.That(((string?)posted["user_id"], (string?)posted["type"], (string?)posted["page"]), Is.EqualTo(("alice", "view", Site.Origin + "/a")));
        Assert.That((string?)posted["title"], Has.Length.EqualTo(1000));
    }

    [Test]
    public async Task Script_WithItsIntegrity_Runs()
    {
        await OpenAsync(Site.Page("/a", Site.Tag($"integrity={Integrity} crossorigin=anonymous")));
        Assert.That(await HitsAsync(1), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Script_WithAnotherIntegrity_DoesNotRun()
    {
        var other = "sha384-" + Convert.ToBase64String(new byte[48]);
        await Browser.OpenAsync(Site.Page("/a", Site.Tag($"integrity={other} crossorigin=anonymous onerror=\"window.refused=true\"")));
        await Browser.WaitAsync("window.refused === true");
        Assert.That(Site.Hits, Is.Empty);
    }

    [TestCase("window.fetch = () => { throw new Error('fetch') }")]
    [TestCase("window.fetch = undefined")]
    public async Task Hit_WhereThePageHasNoFetch_ComesAsAnImage(string trouble)
    {
        await OpenAsync(Site.Page("/a", $"<script>{trouble}</script>" + Site.Tag()));
        Assert.That((await HitsAsync(1)).Select(h => h.Headers["Sec-Fetch-Dest"]), Is.EqualTo(["image"]));
    }

    [TestCase("window.fetch = window.Image = undefined")]
    [TestCase("window.fetch = () => Promise.reject(new Error('fetch')); window.Image = undefined")]
    [TestCase("Object.defineProperty(window, 'localStorage', { get() { throw new Error('storage') } })")]
    [TestCase("Object.freeze(history)")]
    [TestCase("crypto.getRandomValues = () => { throw new Error('random') }")]
    [TestCase("window.pixel = { q: 'nonsense' }")]
    public async Task Script_WhateverGoesWrong_ThePageNoticesNothing(string trouble)
    {
        const string Watch = "window.noticed = []; onerror = (m) => { noticed.push(String(m)) }; addEventListener('unhandledrejection', (e) => noticed.push(String(e.reason)))";
        await Browser.OpenAsync(Site.Page("/a", $"<script>{Watch}; {trouble}</script>{Site.Tag("onload=\"window.ran=true\"")}<button data-pixel=click>b</button>"));
        await Browser.WaitAsync("window.ran === true");
        await Browser.EvaluateAsync("(document.querySelector('button').click(), history.pushState(null, '', '/b'), new Promise((r) => setTimeout(r, 50)))");
        Assert.That((await Browser.EvaluateAsync("noticed"))!.ToJsonString(), Is.EqualTo("[]"));
        Assert.That((string?)await Browser.EvaluateAsync("location.pathname"), Is.EqualTo("/b"), "the page's own work is done");
    }
}
