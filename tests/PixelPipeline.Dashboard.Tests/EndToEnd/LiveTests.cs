using System.Net.ServerSentEvents;
using PixelPipeline.Dashboard.Tests.Support;

namespace PixelPipeline.Dashboard.Tests.EndToEnd;

/// <summary>The stream that keeps pages up to date.</summary>
internal sealed class LiveTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Test]
    public async Task Live_AnEventComes_SendsThePanelsThatChange()
    {
        await using var events = await LocalEvents.StartAsync();
        var options = RunningDashboard.Options(TimeProvider.System, TimeSpan.FromMilliseconds(50));
        await using var dashboard = await RunningDashboard.StartAsync(events.Answers(options), options);
        using var patience = new CancellationTokenSource(Patience);
        await using var stream = await dashboard.Http.GetStreamAsync("live", patience.Token);
        await using var parts = SseParser.Create(stream).EnumerateAsync(patience.Token).GetAsyncEnumerator(patience.Token);

        Assert.That(await NextAsync(parts, "id=\"panel-newest\""), Does.Contain("None in this period."));
        await events.AddAsync(DateTime.UtcNow, "newcomer", "click");
        Assert.That(await NextAsync(parts, "id=\"panel-newest\""), Does.Contain("<bdi>newcomer</bdi>"));
    }

    [Test]
    public async Task Live_BigQueryEnds_SaysSoAndKeepsTheData()
    {
        await using var events = await LocalEvents.StartAsync();
        await events.AddAsync(DateTime.UtcNow, "alice", "click");
        var options = RunningDashboard.Options(TimeProvider.System, TimeSpan.FromMilliseconds(50));
        await using var dashboard = await RunningDashboard.StartAsync(events.Answers(options), options);
        Assert.That(await dashboard.GetAsync(), Does.Contain("<bdi>alice</bdi>"));
        await events.StopAsync();
        var page = "";
        await Eventually.IsTrueAsync(async () => (page = await dashboard.GetAsync()).Contains("BigQuery at 127.0.0.1:9050 does not answer", StringComparison.Ordinal), "the page says so");
        Assert.That(page, Does.Contain("<bdi>alice</bdi>").And.Contain("What is shown was read at"));
    }

    [Test]
    public async Task Live_ManyViewers_CauseOneReading()
    {
        var answers = new ScriptedAnswers();
        var release = new TaskCompletionSource();
        answers.Gate = release.Task;
        await using var dashboard = await RunningDashboard.StartAsync(answers);
        using var patience = new CancellationTokenSource(Patience);
        var pages = Enumerable.Range(0, 10).Select(_ => dashboard.GetAsync()).ToList();
        var streams = Enumerable.Range(0, 10).Select(_ => FirstPartAsync(dashboard, patience.Token)).ToList();
        await Eventually.IsTrueAsync(() => answers.Readings > 0, "somebody asked");
        release.SetResult();
        Assert.That(await Task.WhenAll(pages), Is.All.Contains("<bdi>alice</bdi>"));
        Assert.That(await Task.WhenAll(streams), Is.All.Contains("id=\"state\""));
        Assert.That(answers.Readings, Is.EqualTo(1));
    }

    [Test]
    public async Task Stop_WithAnOpenStream_EndsIt()
    {
        var dashboard = await RunningDashboard.StartAsync(new ScriptedAnswers());
        using var patience = new CancellationTokenSource(Patience);
        await using var stream = await dashboard.Http.GetStreamAsync("live", patience.Token);
        using var reader = new StreamReader(stream);
        var end = reader.ReadToEndAsync(patience.Token);
        var server = dashboard.DisposeServerAsync().AsTask();
        Assert.That(await end, Does.Contain("event: part"));
        await server;
        dashboard.Http.Dispose();
    }

    private static async Task<string> FirstPartAsync(RunningDashboard dashboard, CancellationToken cancellationToken)
    {
        await using var stream = await dashboard.Http.GetStreamAsync("live", cancellationToken);
        await using var parts = SseParser.Create(stream).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        return await NextAsync(parts, "");
    }

    private static async Task<string> NextAsync(IAsyncEnumerator<SseItem<string>> parts, string containing)
    {
        while (await parts.MoveNextAsync())
        {
            Assert.That(parts.Current.EventType, Is.EqualTo("part"));
            if (parts.Current.Data.Contains(containing, StringComparison.Ordinal))
            {
                return parts.Current.Data;
            }
        }

        throw new AssertionException("The stream ended.");
    }
}
