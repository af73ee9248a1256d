using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using PixelPipeline.Cli.Tests.Producing;
using PixelPipeline.Cli.Tests.Support;

namespace PixelPipeline.Cli.Tests.EndToEnd;

/// <summary>The script of <c>pixel url</c> in a real page, until its rows are there.</summary>
[Parallelizable(ParallelScope.Self)]
internal sealed class BrowserTests
{
    private static readonly string? Chromium = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser" }.FirstOrDefault(File.Exists);

    [Test]
    public async Task Script_InARealPage_SendsBeaconAndPixel()
    {
        Assume.That(Chromium, Is.Not.Null, "chromium is not installed (apt-get install chromium)");
        using var data = new TempFolder();
        using var pipeline = await RunningPipeline.StartAsync(Path.Combine(data.Path, "data"));
        var origin = $"http://localhost:{pipeline.Pixel.Port}";
        var beacon = await ScriptAsync("--base", origin, "--collect", $"{origin}/collect", "--user", "beacon", "--type", "view");
        var image = await ScriptAsync("--base", origin, "--user", "image", "--type", "view", "--set", "order_id=a&b</script>\"ü");
        await using var page = await ScriptedServer.StartAsync(context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            return context.Response.WriteAsync($"<!doctype html><title>page</title>{beacon}{image}");
        });

        await OpenAsync(new Uri($"http://localhost:{page.Address.Port}/"), Path.Combine(data.Path, "profile"));

        var today = DateTime.UtcNow.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var posted = (await pipeline.RowsAsync($"pixel_beacon_{today}", 1)).Single();
        var fetched = (await pipeline.RowsAsync($"pixel_image_{today}", 1)).Single();
        Assert.That((posted["type"], (string)posted["user_agent"]), Is.EqualTo(("view", (string)fetched["user_agent"])));
        Assert.That(fetched["order_id"], Is.EqualTo("a&b</script>\"ü"));
        Assert.That((string)fetched["user_agent"], Does.Contain("Chrome"));
    }

    private static async Task<string> ScriptAsync(params string[] arguments)
    {
        var (exitCode, output, errors) = await PixelProcess.RunAsync(["url", .. arguments]);
        Assert.That(exitCode, Is.Zero, errors);
        return output[output.IndexOf("<script>", StringComparison.Ordinal)..];
    }

    private static async Task OpenAsync(Uri page, string profile)
    {
        string[] quiet = ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
        using var browser = Process.Start(new ProcessStartInfo(Chromium!, ["--headless", "--no-sandbox", .. quiet, $"--user-data-dir={profile}", "--timeout=10000", "--virtual-time-budget=2000", "--dump-dom", page.ToString()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var output = browser.StandardOutput.ReadToEndAsync();
            _ = browser.StandardError.ReadToEndAsync();
            await browser.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
            Assert.That(await output, Does.Contain("<title>page</title>"));
        }
        finally
        {
            if (!browser.HasExited)
            {
                browser.Kill(entireProcessTree: true);
                await browser.WaitForExitAsync();
            }
        }
    }
}
