namespace PixelPipeline.Dashboard.Views;

/// <summary>The instants of a range, and those of the period before that it is compared with.</summary>
/// <param name="First">Its first day in the viewer's zone.</param>
/// <param name="Last">Its last day.</param>
/// <param name="From">The first instant that counts, UTC.</param>
/// <param name="To">The first instant that counts no more, UTC: the end of the last day.</param>
/// <param name="Since">Where the period before begins: as many days earlier, or at the same place of the month or year before.</param>
/// <param name="Until">Where it ends, UTC: as far into it as <paramref name="From"/> is from now, so that a day of six hours is compared with six hours.</param>
/// <param name="Grain">The bars of the chart over time.</param>
public sealed record Period(DateOnly First, DateOnly Last, DateTime From, DateTime To, DateTime Since, DateTime Until, Grain Grain)
{
    private const int MostHours = 14; // days that are shown by the hour
    private const int MostBars = 400;

    /// <summary>The range's days in all.</summary>
    public int Days => Last.DayNumber - First.DayNumber + 1;

    /// <summary>The period of a range as of an instant.</summary>
    /// <param name="range">The range.</param>
    /// <param name="zone">The viewer's.</param>
    /// <param name="grain">The bars that were asked for; null for those that fit. What has too many bars gets the next longer ones.</param>
    /// <param name="now">The instant, UTC.</param>
    public static Period Of(DayRange range, TimeZoneInfo zone, Grain? grain, DateTime now)
    {
        var (first, last) = range.DaysAt(Clock.Day(now, zone));
        var (from, to) = (Clock.Start(first, zone), Clock.Start(last.AddDays(1), zone));
        var before = range.Name switch
        {
            "month" => first.AddMonths(-1),
            "year" => first.AddYears(-1),
            _ => first.AddDays(first.DayNumber - last.DayNumber - 1),
        };
        var since = Clock.Start(before, zone);
        var passed = (now < to && now > from ? now : to) - from;
        var until = since + passed;
        return new Period(first, last, from, to, since, until < from ? until : from, Fitting(grain, last.DayNumber - first.DayNumber + 1));
    }

    /// <summary>Whether bars of this length can be shown for the days.</summary>
    public static bool Fits(Grain grain, int days) => grain switch
    {
        Grain.Hour => days <= MostHours,
        Grain.Day => days <= MostBars,
        Grain.Week => days <= MostBars * 7,
        _ => true,
    };

    private static Grain Fitting(Grain? grain, int days)
    {
        var fitting = grain ?? (days <= 2 ? Grain.Hour : days <= 92 ? Grain.Day : days <= 366 ? Grain.Week : Grain.Month);
        while (!Fits(fitting, days))
        {
            fitting++;
        }

        return fitting;
    }
}
