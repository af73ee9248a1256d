using System.Globalization;
using NodaTime;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Functions;

/// <summary>Adding to, cutting down and counting between dates and timestamps.</summary>
internal static class TimeArithmetic
{
    public static Timestamp Add(Timestamp time, Int128 count, DatePart part) =>
        Timestamp.Checked(time.Micros + (count * (part.Micros() ?? throw part.Unsupported(SqlType.Timestamp))));

    public static DateOnly Add(DateOnly date, Int128 count, DatePart part)
    {
        var months = part switch { DatePart.Month => 1, DatePart.Quarter => 3, DatePart.Year => 12, _ => 0 };
        var days = part switch { DatePart.Day => 1, DatePart.Week => 7, _ => 0 };
        if (months + days == 0)
        {
            throw part.Unsupported(SqlType.Date);
        }

        if (Int128.Abs(count) > 4_000_000)
        {
            throw Overflow();
        }

        try
        {
            return months > 0 ? date.AddMonths((int)count * months) : date.AddDays((int)count * days);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw Overflow();
        }
    }

    public static Datetime Add(Datetime time, Int128 count, DatePart part)
    {
        if (part.Micros() is { } unit)
        {
            return Datetime.Checked(time.Micros + (count * unit));
        }

        var wall = time.Wall;
        return Datetime.Of(Add(DateOnly.FromDateTime(wall), count, part).ToDateTime(TimeOnly.FromDateTime(wall)));
    }

    public static Datetime Truncate(Datetime time, DatePart part) => part.Micros() is { } unit
        ? Datetime.Checked(time.Micros - (((time.Micros % unit) + unit) % unit))
        : Datetime.Of(Truncate(DateOnly.FromDateTime(time.Wall), part).ToDateTime(default));

    /// <summary>How many boundaries of the part lie between the times.</summary>
    public static long Difference(Datetime end, Datetime start, DatePart part) => part.Micros() is { } unit
        ? (end.Micros - Floor(end.Micros, unit) - (start.Micros - Floor(start.Micros, unit))) / unit
        : Difference(DateOnly.FromDateTime(end.Wall), DateOnly.FromDateTime(start.Wall), part);

    private static long Floor(long micros, long unit) => ((micros % unit) + unit) % unit;

    public static DateOnly Truncate(DateOnly date, DatePart part) => part switch
    {
        DatePart.Day => date,
        DatePart.Month => new DateOnly(date.Year, date.Month, 1),
        DatePart.Quarter => new DateOnly(date.Year, ((date.Month - 1) / 3 * 3) + 1, 1),
        DatePart.Year => new DateOnly(date.Year, 1, 1),
        DatePart.IsoYear => DateOnly.FromDateTime(ISOWeek.GetYearStart(ISOWeek.GetYear(date.ToDateTime(default)))),
        _ when part.WeekStart() is { } start => Add(date, -(((int)date.DayOfWeek - (int)start + 7) % 7), DatePart.Day),
        _ => throw part.Unsupported(SqlType.Date),
    };

    public static Timestamp Truncate(Timestamp time, DatePart part, DateTimeZone zone)
    {
        if (part.Micros() is { } unit && (part <= DatePart.Hour || zone == DateTimeZone.Utc))
        {
            return Timestamp.Checked(time.Micros - Floor(time.Micros + (time.OffsetIn(zone).Ticks / TimeSpan.TicksPerMicrosecond), unit));
        }

        return Timestamp.From(Truncate(DateOnly.FromDateTime(time.In(zone)), part).ToDateTime(default), zone);
    }

    /// <summary>The last day of the part that the date is in.</summary>
    public static DateOnly LastDay(DateOnly date, DatePart part)
    {
        var (first, unit) = (Truncate(date, part), part.WeekStart() is null ? part : DatePart.Week);
        return unit switch
        {
            DatePart.Month or DatePart.Quarter or DatePart.Year => LastOf(first, unit == DatePart.Month ? 1 : unit == DatePart.Quarter ? 3 : 12),
            DatePart.Week => Add(first, 6, DatePart.Day),
            DatePart.IsoYear => DateOnly.FromDateTime(ISOWeek.GetYearEnd(ISOWeek.GetYear(date.ToDateTime(default)))),
            _ => throw part.Unsupported(SqlType.Date),
        };
    }

    private static DateOnly LastOf(DateOnly first, int months) =>
        new(first.Year, first.Month + months - 1, DateTime.DaysInMonth(first.Year, first.Month + months - 1));

    /// <summary>How many boundaries of the part lie between the dates.</summary>
    public static long Difference(DateOnly end, DateOnly start, DatePart part)
    {
        static int Months(DateOnly date) => (date.Year * 12) + date.Month - 1;
        return part switch
        {
            DatePart.Day => end.DayNumber - start.DayNumber,
            DatePart.Month => Months(end) - Months(start),
            DatePart.Quarter => (Months(end) / 3) - (Months(start) / 3),
            DatePart.Year => end.Year - start.Year,
            DatePart.IsoYear => ISOWeek.GetYear(end.ToDateTime(default)) - ISOWeek.GetYear(start.ToDateTime(default)),
            _ when part.WeekStart() is { } day => Weeks(end, day) - Weeks(start, day),
            _ => throw part.Unsupported(SqlType.Date),
        };
    }

    /// <summary>How many whole parts lie between the instants.</summary>
    public static long Difference(Timestamp end, Timestamp start, DatePart part) =>
        (end.Micros - start.Micros) / (part.Micros() ?? throw part.Unsupported(SqlType.Timestamp));

    public static long Extract(DatePart part, DateOnly date) => part switch
    {
        DatePart.Day => date.Day,
        DatePart.DayOfWeek => (int)date.DayOfWeek + 1,
        DatePart.DayOfYear => date.DayOfYear,
        DatePart.Month => date.Month,
        DatePart.Quarter => ((date.Month - 1) / 3) + 1,
        DatePart.Year => date.Year,
        DatePart.IsoWeek => ISOWeek.GetWeekOfYear(date.ToDateTime(default)),
        DatePart.IsoYear => ISOWeek.GetYear(date.ToDateTime(default)),
        _ when part.WeekStart() is { } start => WeekOfYear(date, start),
        _ => throw part.Unsupported(SqlType.Date),
    };

    public static long Extract(DatePart part, DateTime time) => part switch
    {
        DatePart.Microsecond => time.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond,
        DatePart.Millisecond => time.Millisecond,
        DatePart.Second => time.Second,
        DatePart.Minute => time.Minute,
        DatePart.Hour => time.Hour,
        _ => Extract(part, DateOnly.FromDateTime(time)),
    };

    /// <summary>Weeks that begin on <paramref name="start"/>, counted in the year; the days before the first are week 0.</summary>
    public static long WeekOfYear(DateOnly date, DayOfWeek start) =>
        (date.DayOfYear + 6 - (((int)date.DayOfWeek - (int)start + 7) % 7)) / 7;

    // 0001-01-01, day 0, was a Monday.
    private static int Weeks(DateOnly date, DayOfWeek start) => (date.DayNumber + 7 - (((int)start + 6) % 7)) / 7;

    private static GoogleSqlException Overflow() => new("DATE overflow: outside the years 1 to 9999");
}
