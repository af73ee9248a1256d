namespace PixelPipeline.PageScript.Tests.Support;

/// <summary>A fixture in one real browser, which all fixtures share; each test has a site of its own.</summary>
internal abstract class BrowserTest(string browserName)
{
    protected WebBrowser Browser { get; private set; } = null!;

    protected Site Site { get; private set; } = null!;

    protected bool IsChromium => browserName == "chromium";

    [OneTimeSetUp]
    public async Task TakeBrowserAsync() => Browser = await SharedBrowsers.GetAsync(browserName, () => WebBrowser.StartAsync(browserName));

    [SetUp]
    public async Task StartSiteAsync() => Site = await Site.StartAsync();

    [TearDown]
    public ValueTask EndSiteAsync() => Site.DisposeAsync();

    /// <summary>Opens a page, and waits until its script has run.</summary>
    protected async Task OpenAsync(Uri page)
    {
        await Browser.OpenAsync(page);
        await Browser.WaitAsync($"location.href === {Quoted(page.AbsoluteUri)} && !!window.pixel && !!window.pixel.consent");
    }

    /// <summary>
    /// The hits until now, so many of them, in the order of their coming; those that are sent together come in any. One
    /// more hit goes last, so that what should not be sent has had the time to come.
    /// </summary>
    protected async Task<IReadOnlyList<Hit>> HitsAsync(int count)
    {
        await Site.HitsAsync(count);
        await Browser.EvaluateAsync("pixel('end')");
        return [.. (await Site.HitsUntilAsync("end")).Where(h => h["type"] != "end")];
    }

    protected static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
