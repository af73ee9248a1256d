using System.Globalization;
using PixelPipeline.Cli.Tests.Support;

namespace PixelPipeline.Cli.Tests.EndToEnd;

/// <summary><c>pixel dashboard</c> beside a pipeline, from a hit to the page.</summary>
[Parallelizable(ParallelScope.Self)]
internal sealed class DashboardTests
{
    [Test]
    public async Task Dashboard_HitsComeIn_ShowsThemAndEndsWhenAsked()
    {
        var pipeline = await SharedPipeline.GetAsync();
        var address = new Uri($"http://localhost:{FreePort.Take()}/");
        var port = address.Port.ToString(CultureInfo.InvariantCulture);
        using var dashboard = PixelProcess.Start("dashboard", "--port", port, "--bigquery", pipeline.BigQueryHost, "--refresh", "1");
        await dashboard.WaitForOutputAsync("Ctrl-C stops it.");
        Assert.That(dashboard.Output, Does.Contain($"The dashboard is at {address}"));
        address = new Uri(address, "?agents=all"); // an agent that tells nothing is no person

        Assert.That(await pipeline.Http.GetStringAsync(address), Does.Contain("</html>").And.Not.Contain("<bdi>grace</bdi>"));
        await pipeline.HitAsync("user_id=grace&type=%3Cb%3Ebold");
        await pipeline.HitAsync("type=nobody");
        await ShowsAsync(pipeline, address, "<bdi>grace</bdi>");
        await ShowsAsync(pipeline, address, "<bdi>&lt;b&gt;bold</bdi>");
        await ShowsAsync(pipeline, address, "<bdi>missing_required</bdi>");

        var second = await PixelProcess.RunAsync("dashboard", "--port", port, "--bigquery", pipeline.BigQueryHost);
        Assert.That((second.ExitCode, second.Errors), Is.EqualTo((1, $"Port {port} is in use or not permitted: choose another with --port.")));

        await using var stream = await pipeline.Http.GetStreamAsync(new Uri(address, "live")); // an open page does not hold it up
        dashboard.Signal(PixelProcess.SigTerm);
        Assert.That(await dashboard.ExitAsync(), Is.Zero, dashboard.Errors);
        Assert.That(dashboard.Errors, Is.Empty);
    }

    [Test]
    public async Task Up_ItsOwnAddress_ShowsTheDashboardAndLogsNoneOfIt()
    {
        using var data = new TempFolder();
        using var pipeline = await RunningPipeline.StartAsync(data.Path);
        var root = new Uri(pipeline.Pixel, "/");
        await ShowsAsync(pipeline, root, "No events in this period");
        await pipeline.HitAsync("user_id=alice&type=click");
        await ShowsAsync(pipeline, new Uri(root, "?agents=all"), "<bdi>alice</bdi>");

        using var foreign = new HttpRequestMessage(HttpMethod.Get, root) { Headers = { { "Sec-Fetch-Site", "cross-site" }, { "Sec-Fetch-Dest", "iframe" } } };
        using var refused = await pipeline.Http.SendAsync(foreign);
        Assert.That((int)refused.StatusCode, Is.EqualTo(403));
        Assert.That(refused.Headers.GetValues("Content-Security-Policy").Single(), Does.StartWith("default-src 'none'"));
        using var hit = await pipeline.Http.GetAsync(new Uri(pipeline.Pixel, "?user_id=bob&type=click"));
        Assert.That(hit.Headers.Contains("Content-Security-Policy"), Is.False, "the pixel is as before");
        var logged = Directory.EnumerateFiles(data.Path, "*.log", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(data.Path, "*.jsonl", SearchOption.AllDirectories)).ToList();
        Assert.That(logged, Is.Not.Empty);
        Assert.That(logged.SelectMany(ReadLines).Where(l => l.Contains("httpRequest", StringComparison.Ordinal)), Is.Not.Empty.And.All.Contain("/pixel.png?"));
    }

    [Test]
    public async Task Dashboard_NameThatIsNone_IsRefused()
    {
        var (exitCode, _, errors) = await InProcess.RunAsync("dashboard", "--dataset", "pixels` x");
        Assert.That((exitCode, errors), Is.EqualTo((2, "--dataset may hold letters, digits and underscores only. See `pixel dashboard --help`.")));
    }

    private static string[] ReadLines(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd().Split('\n');
    }

    private static Task ShowsAsync(RunningPipeline pipeline, Uri address, string text) => Eventually.IsTrueAsync(
        async () => (await pipeline.Http.GetStringAsync(address)).Contains(text, StringComparison.Ordinal), text);
}
