namespace PixelPipeline.Testing;

/// <summary>One browser of each kind for all fixtures, which run one after the other: to start one takes longer than a test.</summary>
internal static class SharedBrowsers
{
    private static readonly Dictionary<string, WebBrowser> Started = [];

    /// <summary>Gives it, started by the first who asks; the fixture is skipped where it is not installed.</summary>
    /// <param name="kind">What tells it from others: its name, and how it was started.</param>
    /// <param name="start">Starts it.</param>
    public static async Task<WebBrowser> GetAsync(string kind, Func<Task<WebBrowser>> start) =>
        Started.TryGetValue(kind, out var browser) ? browser : Started[kind] = await start();

    /// <summary>Ends them, after the last test.</summary>
    public static async Task EndAsync()
    {
        foreach (var browser in Started.Values)
        {
            await browser.DisposeAsync();
        }
    }
}
