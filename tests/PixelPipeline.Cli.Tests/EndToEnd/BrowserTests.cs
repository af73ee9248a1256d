using System.Globalization;
using Microsoft.AspNetCore.Http;
using PixelPipeline.Cli.Tests.Producing;
using PixelPipeline.Cli.Tests.Support;

namespace PixelPipeline.Cli.Tests.EndToEnd;

/// <summary>What <c>pixel url</c> prints, in a real page of another origin, until its rows are there.</summary>
[TestFixtureSource(typeof(WebBrowser), nameof(WebBrowser.Names))]
internal sealed class BrowserTests(string browserName)
{
    private const string Odd = "a&b</script>\"ü{{c}}";

    [Test]
    public async Task Tags_InARealPage_BecomeRows()
    {
        await using var browser = await WebBrowser.StartAsync(browserName);
        using var data = new TempFolder();
        using var pipeline = await RunningPipeline.StartAsync(Path.Combine(data.Path, "data"));
        var origin = $"http://127.0.0.1:{pipeline.Pixel.Port}";
        var tag = await UrlAsync("--base", origin, "--user", "script", "--set", $"order_id={Odd}", "--integrity", "--collect", $"{origin}/collect");
        var image = (await UrlAsync("--base", origin, "--user", "image", "--set", $"order_id={Odd}")).Split('\n')[^1];
        var mail = await UrlAsync("--base", origin, "--mail", "plain", "--user", "{{user}}", "--set", $"order_id={Odd}");
        var filled = mail.Replace("{{user}}", "mail", StringComparison.Ordinal).Replace("{{c}}", "filled", StringComparison.Ordinal);
        var script = tag.Split('\n').Single(l => l.StartsWith("<script", StringComparison.Ordinal));
        await using var page = await ScriptedServer.StartAsync(context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers.ContentSecurityPolicy = $"default-src 'none'; script-src {origin}; connect-src {origin}; img-src {origin}";
            return context.Response.WriteAsync($"<!doctype html><title>page</title>{script}{image}{filled}");
        });

        await browser.OpenAsync(new Uri($"http://localhost:{page.Address.Port}/cart?utm_campaign=fall&token=secret"));

        var today = DateTime.UtcNow.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        foreach (var (user, type, order) in new[] { ("script", "view", Odd), ("image", "view", Odd), ("mail", "open", Odd.Replace("{{c}}", "filled", StringComparison.Ordinal)) })
        {
            var row = (await pipeline.RowsAsync($"pixel_{user}_{today}", 1)).Single();
            Assert.That((row["type"], row["order_id"]), Is.EqualTo((type, order)), user);
            Assert.That((string)row["user_agent"], Does.Contain(browserName == "chromium" ? "Chrome" : "Firefox"));
        }

        var view = (await pipeline.RowsAsync($"pixel_script_{today}")).Single();
        Assert.That((view["page"], view["utm_campaign"], view["title"]), Is.EqualTo(($"http://localhost:{page.Address.Port}/cart?utm_campaign=fall", "fall", "page")));
        Assert.That((string)view["site"], Does.StartWith("localhost"));
    }

    private static async Task<string> UrlAsync(params string[] arguments)
    {
        var (exitCode, output, errors) = await PixelProcess.RunAsync(["url", .. arguments]);
        Assert.That(exitCode, Is.Zero, errors);
        return output.TrimEnd();
    }
}
