using NodaTime;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Functions;

/// <summary>The <see href="https://cloud.google.com/bigquery/docs/reference/standard-sql/date_functions">date functions</see>.</summary>
internal static class DateFunctions
{
    private static readonly DateOnly UnixEpoch = DateOnly.FromDateTime(DateTime.UnixEpoch);

    public static void AddTo(FunctionTable table)
    {
        table.Add("DATE", (DateOnly d) => d);
        table.Add("DATE", (Timestamp t) => DateOnly.FromDateTime(t.Utc));
        table.Add("DATE", (Timestamp t, string zone) => Within(t, TimeFunctions.Zone(zone)));
        table.Add("DATE", (long year, long month, long day) => Of(year, month, day));
        table.Add("DATE_ADD", (DateOnly d, long n, IntervalPart p) => TimeArithmetic.Add(d, n, p.Part));
        table.Add("DATE_SUB", (DateOnly d, long n, IntervalPart p) => TimeArithmetic.Add(d, -(Int128)n, p.Part));
        table.Add("DATE_DIFF", (DateOnly a, DateOnly b, DatePart p) => TimeArithmetic.Difference(a, b, p));
        table.Add("DATE_TRUNC", (DateOnly d, DatePart p) => TimeArithmetic.Truncate(d, p));
        foreach (var family in (string[])["DATE", "DATETIME", "TIMESTAMP"])
        {
            AddArithmetic(table, family);
        }

        table.Add("EXTRACT", (DatePart p, DateOnly d) => TimeArithmetic.Extract(p, d));
        table.Add("FORMAT_DATE", (string format, DateOnly d) => TimeFormat.Format(format, d));
        table.Add("FORMAT_DATE", (string format, Timestamp t) => TimeFormat.Format(format, DateOnly.FromDateTime(t.Utc)));
        table.Add("LAST_DAY", (DateOnly d) => TimeArithmetic.LastDay(d, DatePart.Month));
        table.Add("LAST_DAY", (DateOnly d, DatePart p) => TimeArithmetic.LastDay(d, p));
        table.Add("UNIX_DATE", (DateOnly d) => (long)d.DayNumber - UnixEpoch.DayNumber);
        table.Add("DATE_FROM_UNIX_DATE", (long n) => TimeArithmetic.Add(UnixEpoch, n, DatePart.Day));
    }

    // DATE_ADD of a TIMESTAMP is TIMESTAMP_ADD, and so on for each of the types; what a type's own family has is there already.
    private static void AddArithmetic(FunctionTable table, string family)
    {
        if (family != "TIMESTAMP")
        {
            table.Add($"{family}_ADD", (Timestamp t, long n, IntervalPart p) => TimeArithmetic.Add(t, n, p.Part));
            table.Add($"{family}_SUB", (Timestamp t, long n, IntervalPart p) => TimeArithmetic.Add(t, -(Int128)n, p.Part));
            table.Add($"{family}_DIFF", (Timestamp a, Timestamp b, DatePart p) => TimeArithmetic.Difference(a, b, p));
            table.Add($"{family}_TRUNC", (Timestamp t, DatePart p) => TimeArithmetic.Truncate(t, p, DateTimeZone.Utc));
        }

        if (family != "DATETIME")
        {
            table.Add($"{family}_ADD", (Datetime t, long n, IntervalPart p) => TimeArithmetic.Add(t, n, p.Part));
            table.Add($"{family}_SUB", (Datetime t, long n, IntervalPart p) => TimeArithmetic.Add(t, -(Int128)n, p.Part));
            table.Add($"{family}_DIFF", (Datetime a, Datetime b, DatePart p) => TimeArithmetic.Difference(a, b, p));
            table.Add($"{family}_TRUNC", (Datetime t, DatePart p) => TimeArithmetic.Truncate(t, p));
        }
    }

    // At the ends of time a zone may be in a year that there is not.
    private static DateOnly Within(Timestamp time, DateTimeZone zone) => (Int128)time.Micros + (time.OffsetIn(zone).Ticks / TimeSpan.TicksPerMicrosecond) is var wall && wall >= Timestamp.MinMicros && wall <= Timestamp.MaxMicros
        ? DateOnly.FromDateTime(time.In(zone))
        : throw new GoogleSqlException($"Invalid date extracted from timestamp {time}");

    private static DateOnly Of(long year, long month, long day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth((int)year, (int)month)
            ? new DateOnly((int)year, (int)month, (int)day)
            : throw new GoogleSqlException($"Input calculates to invalid date: {year:D4}-{month:D2}-{day:D2}");
}
