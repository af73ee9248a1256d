using System.Diagnostics;
using System.Globalization;
using System.Net.ServerSentEvents;

namespace PixelPipeline.Benchmarks.Dashboard;

/// <summary>What somebody who looks waits for, by the clock, and what it costs the machine.</summary>
internal sealed class PageTimes(MeasuredSite site)
{
    private const int Rounds = 20;

    private static readonly string[] Clicks =
    [
        .. "chrome safari firefox edge samsung".Split(' ').Select(v => $"?is.browser={v}"),
        .. "windows ios android mac linux".Split(' ').Select(v => $"?is.os={v}"),
        .. "desktop mobile tablet".Split(' ').Select(v => $"?is.device={v}"),
        .. "view click open purchase".Split(' ').Select(v => $"?is.type={v}"),
        .. "newsletter google instagram".Split(' ').Select(v => $"?is.utm_source={v}"),
        .. "www.google.com duckduckgo.com l.instagram.com".Split(' ').Select(v => $"?is.referrer_host={v}"),
        .. "/ /lamps /chairs /sale".Split(' ').Select(v => $"?is.page={Uri.EscapeDataString("https://shop.example" + v)}"),
        "?is.user_id=anonymous", "?is.user_id=user0007", "?is.language=de-AT", "?no=language", "?no=referrer_host", "?no=utm_campaign",
        "?agents=all", "?agents=machines", "?range=7d", "?range=90d", "?range=today", "?range=month", "?by=week", "?tz=Europe/Berlin",
        "?is.browser=chrome&is.os=windows", "?is.browser=safari&is.utm_campaign=autumn-lights", "?list=screen_width",
    ];

    /// <summary>The first page after the start, for which the engine makes its columns and repetitions are looked for.</summary>
    public async Task FirstAsync()
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"ms",-34} {"half",7} {"95 %",7} {"most",7} {"CPU",7} {"times",6}"));
        Print("first page after the start", [await MeasureAsync("")]);
    }

    /// <summary>The usual page, with a new event each time, so that nothing stands as it was.</summary>
    public async Task AgainAsync()
    {
        var times = new List<(double, double)>();
        for (var i = 0; i < Rounds; i++)
        {
            await site.AddEventAsync();
            await Task.Delay(site.Options.Refresh * 1.2);
            times.Add(await MeasureAsync(""));
        }

        Print("page, after an event", times);
    }

    /// <summary>Clicks that nobody made before.</summary>
    public async Task ClicksAsync()
    {
        var times = new List<(double, double)>();
        foreach (var click in Clicks)
        {
            times.Add(await MeasureAsync(click));
        }

        Print("click on a filter", times);
        Console.WriteLine($"  slowest: {string.Join(' ', Clicks.Zip(times).OrderByDescending(c => c.Second.Item1).Take(5).Select(c => FormattableString.Invariant($"{c.First} {c.Second.Item1:0}")))}");
    }

    /// <summary>From an insert's answer to the part of the page that shows the event.</summary>
    public async Task LiveAsync(CancellationToken cancellationToken)
    {
        await using var stream = await site.Http.GetStreamAsync("live", cancellationToken);
        await using var parts = SseParser.Create(stream).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await parts.MoveNextAsync();
        var random = new Random(1);
        var times = new List<(double, double)>();
        for (var i = 0; i < Rounds; i++)
        {
            await Task.Delay(random.Next(300, 1_200), cancellationToken);
            var (start, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            var user = await site.AddEventAsync();
            while (!parts.Current.Data.Contains($"<bdi>{user}</bdi>", StringComparison.Ordinal))
            {
                await parts.MoveNextAsync();
            }

            times.Add((Stopwatch.GetElapsedTime(start).TotalMilliseconds, (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds));
        }

        Print("live, from insert to page", times);
    }

    private async Task<(double Time, double Cpu)> MeasureAsync(string address)
    {
        var (start, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var page = await site.Http.GetStringAsync(address);
        var time = Stopwatch.GetElapsedTime(start);
        return page.Contains("class=\"problem\"", StringComparison.Ordinal) || !page.Contains("panel-newest", StringComparison.Ordinal)
            ? throw new InvalidOperationException($"{address} shows no numbers: {page[page.IndexOf("class=\"problem\"", StringComparison.Ordinal)..][..400]}")
            : (time.TotalMilliseconds, (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds);
    }

    private static void Print(string name, List<(double Time, double Cpu)> times)
    {
        var sorted = times.Select(t => t.Time).Order().ToList();
        double At(double share) => sorted[(int)Math.Ceiling(share * sorted.Count) - 1];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-34} {At(0.5),7:0} {At(0.95),7:0} {sorted[^1],7:0} {times.Average(t => t.Cpu),7:0} {times.Count,6}"));
    }
}
