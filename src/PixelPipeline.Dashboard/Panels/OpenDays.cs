using PixelPipeline.Dashboard.Views;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>
/// The days (UTC) to which events still come. Sums over the days before them stay as they are, so that a reading asks for
/// these days alone; of the period before, which grows as this one does, too.
/// </summary>
/// <param name="From">The first instant of the period's open days: the midnight (UTC) before now.</param>
/// <param name="FromBefore">The first instant of the open days of the period before.</param>
internal sealed record OpenDays(DateTime From, DateTime FromBefore)
{
    /// <summary>The open days of a period as of an instant; null where it is over, or no whole day of it is.</summary>
    public static OpenDays? Of(Period period, DateTime now)
    {
        var open = new OpenDays(now.Date, period.Until.Date);
        return now < period.To && period.From.AddDays(1) <= open.From ? open : null;
    }

    /// <summary>Whether a day (UTC), or a part of it, is among those that are over.</summary>
    public bool IsOver(DateOnly day, Period period)
    {
        var (start, end) = (day.ToDateTime(default), day.ToDateTime(default).AddDays(1));
        return (start < From && end > period.From) || (start < FromBefore && end > period.Since);
    }
}
