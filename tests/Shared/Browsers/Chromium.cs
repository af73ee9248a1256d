using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PixelPipeline.Testing;

/// <summary>Chromium by its own protocol (https://chromedevtools.github.io/devtools-protocol/).</summary>
internal sealed partial class Chromium : WebBrowser
{
    private readonly HttpClient _http = new();
    private string _address = "";
    private string _tab = "";
    private JsonSocket? _socket;

    private Chromium(string program)
        : base(program, profile =>
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--ignore-certificate-errors", $"--user-data-dir={profile}",
            "--remote-debugging-port=0", "about:blank",
        ])
    {
    }

    public static async Task<WebBrowser> LaunchAsync(string program)
    {
        var browser = new Chromium(program);
        try
        {
            browser._address = await browser.ReadAddressAsync(Listening());
            await browser.AttachAsync((await browser.TabsAsync()).First(t => (string?)t!["type"] == "page")!);
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    public override async Task OpenAsync(Uri page)
    {
        var answer = await _socket!.CallAsync("Page.navigate", new JsonObject { ["url"] = page.ToString() });
        if ((string?)answer["errorText"] is { } error)
        {
            throw new InvalidOperationException($"{page}: {error}");
        }
    }

    public override async Task GoBackAsync()
    {
        var history = await _socket!.CallAsync("Page.getNavigationHistory", []);
        var entry = history["entries"]![(int)history["currentIndex"]! - 1]!;
        await _socket.CallAsync("Page.navigateToHistoryEntry", new JsonObject { ["entryId"] = (int)entry["id"]! });
    }

    public override async Task WatchAsync()
    {
        _socket!.Told = message =>
        {
            switch ((string?)message["method"])
            {
                case "Log.entryAdded" or "Runtime.consoleAPICalled" or "Runtime.exceptionThrown":
                    Complaints.Add(message.ToJsonString());
                    break;
                case "Network.requestWillBeSent":
                    Requests.Add(new Uri((string)message["params"]!["request"]!["url"]!));
                    break;
            }
        };
        foreach (var domain in (string[])["Runtime", "Log", "Network"])
        {
            await _socket.CallAsync($"{domain}.enable", []);
        }
    }

    public override async Task ShowAsAsync(int width, int height, bool isDark = false)
    {
        await _socket!.CallAsync("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = width < 700 });
        var scheme = new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = isDark ? "dark" : "light" };
        await _socket.CallAsync("Emulation.setEmulatedMedia", new JsonObject { ["features"] = new JsonArray(scheme) });
    }

    public override async Task<byte[]> PhotographAsync()
    {
        var answer = await _socket!.CallAsync("Page.captureScreenshot", new JsonObject { ["format"] = "png", ["captureBeyondViewport"] = true });
        return Convert.FromBase64String((string)answer["data"]!);
    }

    /// <summary>Opens a page in a tab of its own that nothing looks into: pages are rendered ahead in no other.</summary>
    public async Task OpenUnwatchedAsync(Uri page)
    {
        using var opened = await _http.PutAsync(new Uri($"http://{_address}/json/new?{page}"), content: null);
        opened.EnsureSuccessStatusCode();
    }

    public override async Task ReplaceTabAsync()
    {
        var (old, oldSocket) = (_tab, _socket!);
        using var opened = await _http.PutAsync(new Uri($"http://{_address}/json/new?about:blank"), content: null);
        await AttachAsync(JsonNode.Parse(await opened.Content.ReadAsStringAsync())!);
        using var closed = await _http.GetAsync(new Uri($"http://{_address}/json/close/{old}"));
        oldSocket.Dispose();
        await WaitAsync("document.readyState === 'complete'"); // or its own page would come in between
    }

    public override ValueTask DisposeAsync()
    {
        _socket?.Dispose();
        _http.Dispose();
        return base.DisposeAsync();
    }

    protected override async Task<string> EvaluateToJsonAsync(string expression)
    {
        var answer = await _socket!.CallAsync(
            "Runtime.evaluate", new JsonObject { ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true });
        return answer["exceptionDetails"] is { } failure ? throw new InvalidOperationException(failure.ToJsonString()) : (string)answer["result"]!["value"]!;
    }

    private async Task<JsonArray> TabsAsync() => JsonNode.Parse(await _http.GetStringAsync(new Uri($"http://{_address}/json/list")))!.AsArray();

    private async Task AttachAsync(JsonNode tab)
    {
        _tab = (string)tab["id"]!;
        _socket = await JsonSocket.ConnectAsync((string)tab["webSocketDebuggerUrl"]!);
        await _socket.CallAsync("Page.enable", []);
    }

    [GeneratedRegex("DevTools listening on ws://([^/]+)/")]
    private static partial Regex Listening();
}
