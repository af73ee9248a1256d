namespace PixelPipeline.Dashboard.Tests.Support;

/// <summary>100,000 events in a local BigQuery that many tests read and none changes; made when the first one asks.</summary>
internal static class SharedTraffic
{
    private static readonly Lazy<Task<LocalEvents>> Loaded = new(LoadAsync);

    /// <summary>What the tables hold.</summary>
    public static List<TrafficEvent> Stored { get; } = new Traffic(seed: 4).Make(100_000, ScriptedAnswers.Now, days: 75);

    /// <summary>The tables.</summary>
    public static Task<LocalEvents> EventsAsync() => Loaded.Value;

    /// <summary>Ends it, once all tests have.</summary>
    public static async Task EndAsync()
    {
        if (Loaded.IsValueCreated)
        {
            await (await Loaded.Value).DisposeAsync();
        }
    }

    private static async Task<LocalEvents> LoadAsync()
    {
        var events = await LocalEvents.StartAsync();
        await events.LoadAsync(Stored);
        return events;
    }
}
