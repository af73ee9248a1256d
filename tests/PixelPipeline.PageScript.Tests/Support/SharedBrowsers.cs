namespace PixelPipeline.PageScript.Tests.Support;

/// <summary>One browser of each name for all fixtures, which run one after the other: to start one takes longer than a test.</summary>
internal static class SharedBrowsers
{
    private static readonly Dictionary<string, WebBrowser> Started = [];

    /// <summary>Gives it, started by the first who asks; the fixture is skipped where it is not installed.</summary>
    public static async Task<WebBrowser> GetAsync(string name) =>
        Started.TryGetValue(name, out var browser) ? browser : Started[name] = await WebBrowser.StartAsync(name);

    /// <summary>Ends them, after the last test.</summary>
    public static async Task EndAsync()
    {
        foreach (var browser in Started.Values)
        {
            await browser.DisposeAsync();
        }
    }
}
