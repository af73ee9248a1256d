namespace PixelPipeline.Dashboard.Panels;

/// <summary>The spans of time that panels are about, in whole minutes and days of UTC.</summary>
internal static class Spans
{
    public const int Minutes = 60;
    public const int Days = 30;

    /// <summary>The last 60 minutes: the one that <paramref name="now"/> is in, and the 59 before it.</summary>
    public static (DateTime From, DateTime To) LastHour(DateTime now)
    {
        var to = Floor(now, TimeSpan.FromMinutes(1)).AddMinutes(1);
        return (to.AddMinutes(-Minutes), to);
    }

    /// <summary>The last 30 days: the one that <paramref name="now"/> is in, and the 29 before it.</summary>
    public static (DateTime From, DateTime To) LastDays(DateTime now)
    {
        var to = now.Date.AddDays(1);
        return (to.AddDays(-Days), to);
    }

    /// <summary>The last 24 hours, to the end of the minute.</summary>
    public static (DateTime From, DateTime To) LastDay(DateTime now)
    {
        var to = LastHour(now).To;
        return (to.AddDays(-1), to);
    }

    private static DateTime Floor(DateTime time, TimeSpan unit) => time.AddTicks(-(time.Ticks % unit.Ticks));
}
