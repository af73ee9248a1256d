using Microsoft.AspNetCore.Http;
using PixelPipeline.Cli.Tests.Producing;
using PixelPipeline.Cli.Tests.Support;

namespace PixelPipeline.Cli.Tests.EndToEnd;

/// <summary>What <c>pixel url</c> prints, in a real page of another origin, until its rows are there.</summary>
[TestFixtureSource(typeof(WebBrowser), nameof(WebBrowser.Names))]
internal sealed class BrowserTests(string browserName)
{
    private const string Odd = "a&b</script>\"ü{{c}}";
    private WebBrowser _browser = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _browser = await WebBrowser.StartAsync(browserName);

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }
    }

    [TearDown]
    public Task LeaveThePageAsync() => _browser.ReplaceTabAsync();

    [Test]
    public async Task Tags_InARealPage_BecomeRows()
    {
        var pipeline = await SharedPipeline.GetAsync();
        var origin = $"http://127.0.0.1:{pipeline.Pixel.Port}";
        var tag = await UrlAsync("--base", origin, "--user", $"{browserName}-script", "--set", $"order_id={Odd}", "--integrity", "--collect", $"{origin}/collect");
        var image = (await UrlAsync("--base", origin, "--user", $"{browserName}-image", "--set", $"order_id={Odd}")).Split('\n')[^1];
        var mail = await UrlAsync("--base", origin, "--mail", "plain", "--user", "{{user}}", "--set", $"order_id={Odd}");
        var filled = mail.Replace("{{user}}", $"{browserName}-mail", StringComparison.Ordinal).Replace("{{c}}", "filled", StringComparison.Ordinal);
        var script = tag.Split('\n').Single(l => l.StartsWith("<script", StringComparison.Ordinal));
        await using var page = await ScriptedServer.StartAsync(context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers.ContentSecurityPolicy = $"default-src 'none'; script-src {origin}; connect-src {origin}; img-src {origin}";
            return context.Response.WriteAsync($"<!doctype html><title>page</title>{script}{image}{filled}");
        });

        await _browser.OpenAsync(new Uri($"http://localhost:{page.Address.Port}/cart?utm_campaign=fall&token=secret"));

        foreach (var (user, type, order) in new[] { ($"{browserName}-script", "view", Odd), ($"{browserName}-image", "view", Odd), ($"{browserName}-mail", "open", Odd.Replace("{{c}}", "filled", StringComparison.Ordinal)) })
        {
            var row = (await pipeline.RowsOfAsync(user, "all_pixel", 1)).Single();
            Assert.That((row["type"], row["order_id"]), Is.EqualTo((type, order)), user);
            Assert.That((string)row["user_agent"], Does.Contain(browserName == "chromium" ? "Chrome" : "Firefox"));
        }

        var view = (await pipeline.RowsOfAsync($"{browserName}-script", "all_pixel", 1)).Single();
        Assert.That((view["page"], view["utm_campaign"], view["title"]), Is.EqualTo(($"http://localhost:{page.Address.Port}/cart?utm_campaign=fall", "fall", "page")));
        Assert.That((string)view["site"], Does.StartWith("localhost"));
    }

    [Test]
    public async Task Page_ThatEmbedsOnlyWhatAllowsIt_IsSeen()
    {
        var pipeline = await SharedPipeline.GetAsync();
        var origin = $"http://127.0.0.1:{pipeline.Pixel.Port}";
        await using var page = await ScriptedServer.StartAsync(context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers["Cross-Origin-Embedder-Policy"] = "require-corp";
            return context.Response.WriteAsync($"<!doctype html><title>page</title><script src={origin}/pixel.js data-user={browserName}-embedded-script></script><img src='{origin}/pixel.png?user_id={browserName}-embedded-image&amp;type=view'>");
        });

        await _browser.OpenAsync(new Uri($"http://localhost:{page.Address.Port}/"));

        await _browser.WaitAsync("!!document.querySelector('img') && document.querySelector('img').naturalWidth === 1");
        await pipeline.RowsOfAsync($"{browserName}-embedded-image", "all_pixel", 1);
        await pipeline.RowsOfAsync($"{browserName}-embedded-script", "all_pixel", 1);
    }

    [Test]
    public async Task Hit_WhoseConnectionIsCut_ComesTwiceAndCountsOnce()
    {
        var pipeline = await SharedPipeline.GetAsync();
        var cuts = 1;
        await using var front = await ScriptedServer.StartAsync(async context =>
        {
            using var answer = await pipeline.Http.GetAsync(new Uri(pipeline.Pixel, context.Request.Path.Value + context.Request.QueryString.Value));
            if (context.Request.Query["type"] == "cut" && Interlocked.Decrement(ref cuts) >= 0)
            {
                context.Abort();
                return;
            }

            context.Response.ContentType = answer.Content.Headers.ContentType!.ToString();
            context.Response.Headers.AccessControlAllowOrigin = "*";
            await answer.Content.CopyToAsync(context.Response.Body);
        });
        await using var page = await ScriptedServer.StartAsync(context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            return context.Response.WriteAsync($"<!doctype html><title>page</title><script src=http://127.0.0.1:{front.Address.Port}/pixel.js data-user={browserName}-cut></script>");
        });
        await _browser.OpenAsync(new Uri($"http://localhost:{page.Address.Port}/"));
        await _browser.WaitAsync("!!window.pixel && !!window.pixel.consent");
        await pipeline.RowsOfAsync($"{browserName}-cut", "all_pixel", 1);

        await _browser.EvaluateAsync("pixel('cut', { order_id: '42' })");

        List<Google.Cloud.BigQuery.V2.BigQueryRow> cut = [];
        await Eventually.IsTrueAsync(async () => (cut = (await pipeline.RowsAsync("all_pixel")).FindAll(r => r["type"] is "cut" && r["user_id"].Equals($"{browserName}-cut"))).Count >= 2, "the hit, sent again");
        Assert.That((cut.Select(r => r["hit_id"]).Distinct().Count(), cut.Select(r => r["event_id"]).Distinct().Count()), Is.EqualTo((1, cut.Count)));
        var counted = await pipeline.AskViewsAsync($"SELECT COUNT(*) AS events FROM pixels.events WHERE type = 'cut' AND user_id = '{browserName}-cut'");
        Assert.That(counted.Single()["events"], Is.EqualTo(1));
    }

    private static async Task<string> UrlAsync(params string[] arguments)
    {
        var (exitCode, output, errors) = await InProcess.RunAsync(["url", .. arguments]);
        Assert.That(exitCode, Is.Zero, errors);
        return output.TrimEnd();
    }
}
