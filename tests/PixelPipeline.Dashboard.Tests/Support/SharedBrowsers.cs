namespace PixelPipeline.Dashboard.Tests.Support;

/// <summary>One browser of each kind for all fixtures, which run one after the other: to start one takes longer than a test.</summary>
internal static class SharedBrowsers
{
    private static readonly Dictionary<(string Name, bool IsDark), WebBrowser> Started = [];

    /// <summary>Gives it, started by the first who asks; the fixture is skipped where it is not installed.</summary>
    public static async Task<WebBrowser> GetAsync(string name, bool isDark)
    {
        var kind = (name, isDark && name != "chromium"); // which is told at any time
        if (!Started.TryGetValue(kind, out var browser))
        {
            Started[kind] = browser = await WebBrowser.StartAsync(name, isDark ? [Firefox.Dark] : []);
            await browser.WatchAsync();
        }

        return browser;
    }

    /// <summary>Ends them, after the last test.</summary>
    public static async Task EndAsync()
    {
        foreach (var browser in Started.Values)
        {
            await browser.DisposeAsync();
        }
    }
}
