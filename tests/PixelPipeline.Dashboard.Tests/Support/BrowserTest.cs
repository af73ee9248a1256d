namespace PixelPipeline.Dashboard.Tests.Support;

/// <summary>A fixture in a real browser and in front of a dashboard, both of which fixtures share.</summary>
internal abstract class BrowserTest(string name, bool isDark)
{
    /// <summary>Waits for it: the page is loaded and shows events.</summary>
    protected const string IsThere = "document.readyState === 'complete' && document.querySelector('#panel-newest bdi') !== null";

    protected string Name => name;

    protected bool IsDark => isDark;

    protected WebBrowser Browser { get; private set; } = null!;

    /// <summary>A dashboard over the events that all tests share.</summary>
    protected RunningDashboard Shared { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        Browser = await SharedBrowsers.GetAsync($"{name} {(isDark && name != "chromium" ? "dark" : "")}", StartBrowserAsync); // Chromium is told at any time
        Shared = await SharedTraffic.DashboardAsync();
    }

    [SetUp]
    public async Task BeginAsync()
    {
        await Browser.OpenAsync(new Uri("about:blank")); // or the page of the test before would ask on
        await Browser.WaitAsync("location.href === 'about:blank'");
        await Browser.ShowAsAsync(1_280, 900, isDark);
        Browser.Complaints.Clear();
        Browser.Requests.Clear();
    }

    private async Task<WebBrowser> StartBrowserAsync()
    {
        var browser = await WebBrowser.StartAsync(name, isDark ? [Firefox.Dark] : []);
        await browser.WatchAsync();
        return browser;
    }

    /// <summary>Opens an address of a dashboard and waits until it is there.</summary>
    protected async Task OpenAsync(RunningDashboard dashboard, string address)
    {
        await Browser.OpenAsync(new Uri(dashboard.Http.BaseAddress!, address));
        await Browser.WaitAsync($"location.href.endsWith('/{address}') && {IsThere}");
    }
}
