using PixelPipeline.Dashboard.Hosting;

namespace PixelPipeline.Dashboard.Tests.Support;

/// <summary>100,000 events in a local BigQuery that many tests read and none changes; made when the first one asks.</summary>
internal static class SharedTraffic
{
    private static readonly Lazy<Task<LocalEvents>> Loaded = new(LoadAsync);
    private static readonly Lazy<Task<RunningDashboard>> Alone = new(() => ShowAsync(host: null));
    private static readonly Lazy<Task<RunningDashboard>> Hosted = new(() => ShowAsync(new RecordingHost()));

    /// <summary>What the tables hold.</summary>
    public static List<TrafficEvent> Stored { get; } = new Traffic(seed: 4).Make(100_000, ScriptedAnswers.Now, days: 75);

    /// <summary>The tables.</summary>
    public static Task<LocalEvents> EventsAsync() => Loaded.Value;

    /// <summary>A dashboard over them for all browsers: what it had counted for one it shows the next at once.</summary>
    public static Task<RunningDashboard> DashboardAsync() => Alone.Value;

    /// <summary>Likewise, beside a host.</summary>
    public static Task<RunningDashboard> HostedDashboardAsync() => Hosted.Value;

    /// <summary>Ends it, once all tests have.</summary>
    public static async Task EndAsync()
    {
        foreach (var dashboard in new[] { Alone, Hosted }.Where(d => d.IsValueCreated))
        {
            await (await dashboard.Value).DisposeAsync();
        }

        if (Loaded.IsValueCreated)
        {
            await (await Loaded.Value).DisposeAsync();
        }
    }

    private static async Task<RunningDashboard> ShowAsync(IPipelineHost? host)
    {
        var options = RunningDashboard.Options();
        return await RunningDashboard.StartAsync((await EventsAsync()).Answers(options), options, host);
    }

    private static async Task<LocalEvents> LoadAsync()
    {
        var events = await LocalEvents.StartAsync();
        await events.LoadAsync(Stored);
        return events;
    }
}
