using PixelPipeline.PageScript.Tests.Support;

namespace PixelPipeline.PageScript.Tests;

/// <summary>Global Privacy Control as a browser's own setting has it: Firefox's, since Chromium has none.</summary>
internal sealed class PrivacySettingTests
{
    [Test]
    public async Task Visitor_WhoseBrowserIsSetToSayNo_IsLeftAloneWhereTheSiteHonoursIt()
    {
        await using var browser = await WebBrowser.StartAsync("firefox-esr", "privacy.globalprivacycontrol.enabled", "privacy.globalprivacycontrol.functionality.enabled");
        await using var site = await Site.StartAsync();
        foreach (var page in (Uri[])[site.Page("/a", site.Tag("data-user=alice data-storage=on")), site.Page("/b", site.Tag("data-gpc=off"))])
        {
            await browser.OpenAsync(page);
            await browser.WaitAsync($"location.pathname === '{page.AbsolutePath}' && !!window.pixel && !!window.pixel.consent");
            await browser.EvaluateAsync("pixel('more')");
        }

        await site.HitsAsync(2);
        Assert.That(site.Hits.Select(h => (h["type"], h["page"])), Is.EquivalentTo([("view", site.Origin + "/b"), ("more", site.Origin + "/b")]));
        Assert.That(site.Hits.Select(h => h.Headers["Sec-GPC"]), Is.All.EqualTo("1"));
    }
}
