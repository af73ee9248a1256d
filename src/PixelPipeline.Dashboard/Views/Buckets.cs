namespace PixelPipeline.Dashboard.Views;

/// <summary>The bars of a period: where each begins, on the viewer's calendar.</summary>
internal sealed class Buckets
{
    private readonly DateTime[] _starts; // UTC

    private Buckets(DateTime[] starts, DateTime[] locals) => (_starts, Locals) = (starts, locals);

    /// <summary>When each begins on the viewer's clock, oldest first; the first may begin before the period does.</summary>
    public IReadOnlyList<DateTime> Locals { get; }

    /// <summary>When each begins, UTC.</summary>
    public IReadOnlyList<DateTime> Starts => _starts;

    /// <summary>All bars of a period.</summary>
    public static Buckets Of(Period period, TimeZoneInfo zone)
    {
        if (period.Grain == Grain.Hour)
        {
            // On the clock hours may be skipped or come twice: counted in instants, they are all there, once.
            var hours = new List<DateTime>();
            for (var hour = period.From; hour < period.To; hour = hour.AddHours(1))
            {
                hours.Add(hour);
            }

            return new Buckets([.. hours], [.. hours.Select(h => Clock.Local(h, zone))]);
        }

        var days = new List<DateOnly>();
        for (var day = Floor(period.First, period.Grain); day <= period.Last; day = Next(day, period.Grain))
        {
            days.Add(day);
        }

        return new Buckets([.. days.Select(d => Clock.Start(d, zone))], [.. days.Select(d => d.ToDateTime(default))]);
    }

    /// <summary>Which bar an instant of the period belongs to.</summary>
    public int IndexOf(DateTime utc)
    {
        var place = Array.BinarySearch(_starts, utc);
        return Math.Max(place >= 0 ? place : ~place - 1, 0);
    }

    private static DateOnly Floor(DateOnly day, Grain grain) => grain switch
    {
        Grain.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
        Grain.Month => new DateOnly(day.Year, day.Month, 1),
        _ => day,
    };

    private static DateOnly Next(DateOnly day, Grain grain) => grain switch
    {
        Grain.Week => day.AddDays(7),
        Grain.Month => day.AddMonths(1),
        _ => day.AddDays(1),
    };
}
