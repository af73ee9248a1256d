using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PixelPipeline.Testing;

/// <summary>Firefox by WebDriver BiDi, which it speaks itself (https://w3c.github.io/webdriver-bidi/).</summary>
internal sealed partial class Firefox : WebBrowser
{
    /// <summary>A setting: pages are shown in the dark.</summary>
    public const string Dark = "layout.css.prefers-color-scheme.content-override=0";

    private JsonSocket? _socket;
    private string _tab = "";

    private Firefox(string program, string[] settings)
        : base(program, profile =>
        {
            File.WriteAllLines(Path.Combine(profile, "user.js"), settings.Select(s => s.Split('=') is [var name, var value] ? $"user_pref(\"{name}\", {value});" : $"user_pref(\"{s}\", true);"));
            return ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"];
        })
    {
    }

    public static async Task<WebBrowser> LaunchAsync(string program, params string[] settings)
    {
        var browser = new Firefox(program, settings);
        try
        {
            browser._socket = await JsonSocket.ConnectAsync($"{await browser.ReadAddressAsync(Listening())}/session");
            var anyCertificate = new JsonObject { ["alwaysMatch"] = new JsonObject { ["acceptInsecureCerts"] = true } };
            await browser._socket.CallAsync("session.new", new JsonObject { ["capabilities"] = anyCertificate });
            var tabs = await browser._socket.CallAsync("browsingContext.getTree", []);
            browser._tab = (string)tabs["contexts"]![0]!["context"]!;
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    public override Task OpenAsync(Uri page) =>
        _socket!.CallAsync("browsingContext.navigate", new JsonObject { ["context"] = _tab, ["url"] = page.ToString(), ["wait"] = "none" });

    public override Task GoBackAsync() => _socket!.CallAsync("browsingContext.traverseHistory", new JsonObject { ["context"] = _tab, ["delta"] = -1 });

    public override async Task WatchAsync()
    {
        _socket!.Told = message =>
        {
            switch ((string?)message["method"])
            {
                case "log.entryAdded":
                    Complaints.Add(message.ToJsonString());
                    break;
                case "network.beforeRequestSent":
                    Requests.Add(new Uri((string)message["params"]!["request"]!["url"]!));
                    break;
            }
        };
        await _socket.CallAsync("session.subscribe", new JsonObject { ["events"] = new JsonArray("log.entryAdded", "network.beforeRequestSent") });
    }

    public override Task ShowAsAsync(int width, int height, bool isDark = false) => _socket!.CallAsync(
        "browsingContext.setViewport", new JsonObject { ["context"] = _tab, ["viewport"] = new JsonObject { ["width"] = width, ["height"] = height } });

    public override async Task<byte[]> PhotographAsync()
    {
        var answer = await _socket!.CallAsync("browsingContext.captureScreenshot", new JsonObject { ["context"] = _tab, ["origin"] = "document" });
        return Convert.FromBase64String((string)answer["data"]!);
    }

    public override async Task ReplaceTabAsync()
    {
        var old = _tab;
        _tab = (string)(await _socket!.CallAsync("browsingContext.create", new JsonObject { ["type"] = "tab" }))["context"]!;
        await _socket.CallAsync("browsingContext.close", new JsonObject { ["context"] = old });
    }

    public override ValueTask DisposeAsync()
    {
        _socket?.Dispose();
        return base.DisposeAsync();
    }

    protected override async Task<string> EvaluateToJsonAsync(string expression)
    {
        var answer = await _socket!.CallAsync("script.evaluate", new JsonObject
        {
            ["expression"] = expression,
            ["target"] = new JsonObject { ["context"] = _tab },
            ["awaitPromise"] = true,
        });
        return (string?)answer["result"]?["value"] ?? throw new InvalidOperationException(answer.ToJsonString());
    }

    [GeneratedRegex("WebDriver BiDi listening on (ws://[^ ]+)")]
    private static partial Regex Listening();
}
