using NodaTime;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Functions;

/// <summary>
/// The <see href="https://cloud.google.com/bigquery/docs/reference/standard-sql/datetime_functions">datetime</see> and
/// <see href="https://cloud.google.com/bigquery/docs/reference/standard-sql/time_functions">time functions</see>.
/// </summary>
internal static class DatetimeFunctions
{
    private const long MicrosADay = 86_400_000_000;

    public static void AddTo(FunctionTable table)
    {
        AddDatetime(table);
        AddTime(table);
        table.Add("DATE", (Datetime t) => DateOnly.FromDateTime(t.Wall));
        table.Add("TIMESTAMP", (Datetime t) => new Timestamp(t.Micros));
        table.Add("TIMESTAMP", (Datetime t, string zone) => Timestamp.From(t.Wall, TimeFunctions.Zone(zone)));
        table.Add("STRING", (Timestamp t, string zone) => TimeFormat.Zoned(t, TimeFunctions.Zone(zone)));
        table.Add("STRING", (DateOnly d) => d.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        table.Add("STRING", (Datetime t) => t.ToString());
        table.Add("EXTRACT", (DatePart p, Datetime t) => TimeArithmetic.Extract(p, t.Wall));
        table.Add("EXTRACT", (DatePart p, TimeOnly t) => p <= DatePart.Hour ? TimeArithmetic.Extract(p, DateTime.UnixEpoch.Add(t.ToTimeSpan())) : throw p.Unsupported(SqlType.Time));
        table.Add("LAST_DAY", (Datetime t) => TimeArithmetic.LastDay(DateOnly.FromDateTime(t.Wall), DatePart.Month));
        table.Add("LAST_DAY", (Datetime t, DatePart p) => TimeArithmetic.LastDay(DateOnly.FromDateTime(t.Wall), p));
    }

    private static void AddDatetime(FunctionTable table)
    {
        table.Add("DATETIME", (Datetime t) => t);
        table.Add("DATETIME", (Timestamp t) => Datetime.Of(t.Utc));
        table.Add("DATETIME", (Timestamp t, string zone) => Datetime.Of(t.In(TimeFunctions.Zone(zone))));
        table.Add("DATETIME", (DateOnly d) => Datetime.Of(d.ToDateTime(default)));
        table.Add("DATETIME", (DateOnly d, TimeOnly t) => Datetime.Of(d.ToDateTime(t)));
        table.Add("DATETIME_ADD", (Datetime t, long n, IntervalPart p) => TimeArithmetic.Add(t, n, p.Part));
        table.Add("DATETIME_SUB", (Datetime t, long n, IntervalPart p) => TimeArithmetic.Add(t, -(Int128)n, p.Part));
        table.Add("DATETIME_DIFF", (Datetime a, Datetime b, DatePart p) => TimeArithmetic.Difference(a, b, p));
        table.Add("DATETIME_TRUNC", (Datetime t, DatePart p) => TimeArithmetic.Truncate(t, p));
        table.Add("FORMAT_DATETIME", (string format, Datetime t) => TimeFormat.Format(format, t));
        table.Add("PARSE_DATETIME", (string format, string text) => TimeParse.Datetime(format, text));
        table.Add("PARSE_DATE", (string format, string text) => TimeParse.Date(format, text));
        table.Add("PARSE_TIMESTAMP", (string format, string text) => TimeParse.Timestamp(format, text, DateTimeZone.Utc));
        table.Add("PARSE_TIMESTAMP", (string format, string text, string zone) => TimeParse.Timestamp(format, text, TimeFunctions.Zone(zone)));
        table.Add("PARSE_TIME", (string format, string text) => TimeOnly.FromDateTime(TimeParse.Datetime(format, text).Wall));
    }

    private static void AddTime(FunctionTable table)
    {
        table.Add("TIME", (TimeOnly t) => t);
        table.Add("TIME", (Timestamp t) => TimeOnly.FromDateTime(t.Utc));
        table.Add("TIME", (Timestamp t, string zone) => TimeOnly.FromDateTime(t.In(TimeFunctions.Zone(zone))));
        table.Add("TIME", (Datetime t) => TimeOnly.FromDateTime(t.Wall));
        table.Add("TIME", (long h, long m, long s) => h is >= 0 and < 24 && m is >= 0 and < 60 && s is >= 0 and < 60
            ? new TimeOnly((int)h, (int)m, (int)s)
            : throw new GoogleSqlException($"Input calculates to invalid time: {h}:{m}:{s}"));
        table.Add("TIME_ADD", (TimeOnly t, long n, IntervalPart p) => Add(t, n, p.Part));
        table.Add("TIME_SUB", (TimeOnly t, long n, IntervalPart p) => Add(t, -(Int128)n, p.Part));
        table.Add("TIME_DIFF", (TimeOnly a, TimeOnly b, DatePart p) => TimeArithmetic.Difference(OfDay(a), OfDay(b), Within(p)));
        table.Add("TIME_TRUNC", (TimeOnly t, DatePart p) => TimeOnly.FromDateTime(TimeArithmetic.Truncate(OfDay(t), Within(p)).Wall));
        table.Add("FORMAT_TIME", (string format, TimeOnly t) => TimeFormat.Format(format, OfDay(t)));
    }

    private static Datetime OfDay(TimeOnly time) => new(time.Ticks / TimeSpan.TicksPerMicrosecond);

    private static DatePart Within(DatePart part) => part <= DatePart.Hour ? part : throw part.Unsupported(SqlType.Time);

    private static TimeOnly Add(TimeOnly time, Int128 count, DatePart part)
    {
        var micros = ((OfDay(time).Micros + (count * Within(part).Micros()!.Value)) % MicrosADay + MicrosADay) % MicrosADay;
        return new TimeOnly((long)micros * TimeSpan.TicksPerMicrosecond);
    }
}
