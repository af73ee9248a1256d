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
        table.Add("DATE", (Timestamp t, string zone) => DateOnly.FromDateTime(t.In(TimeFunctions.Zone(zone))));
        table.Add("DATE", (long year, long month, long day) => Of(year, month, day));
        table.Add("DATE_ADD", (DateOnly d, long n, IntervalPart p) => TimeArithmetic.Add(d, n, p.Part));
        table.Add("DATE_SUB", (DateOnly d, long n, IntervalPart p) => TimeArithmetic.Add(d, -(Int128)n, p.Part));
        table.Add("DATE_DIFF", (DateOnly a, DateOnly b, DatePart p) => TimeArithmetic.Difference(a, b, p));
        table.Add("DATE_TRUNC", (DateOnly d, DatePart p) => TimeArithmetic.Truncate(d, p));
        table.Add("EXTRACT", (DatePart p, DateOnly d) => TimeArithmetic.Extract(p, d));
        table.Add("FORMAT_DATE", (string format, DateOnly d) => TimeFormat.Format(format, d));
        table.Add("LAST_DAY", (DateOnly d) => new DateOnly(d.Year, d.Month, DateTime.DaysInMonth(d.Year, d.Month)));
        table.Add("UNIX_DATE", (DateOnly d) => (long)d.DayNumber - UnixEpoch.DayNumber);
        table.Add("DATE_FROM_UNIX_DATE", (long n) => TimeArithmetic.Add(UnixEpoch, n, DatePart.Day));
    }

    private static DateOnly Of(long year, long month, long day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth((int)year, (int)month)
            ? new DateOnly((int)year, (int)month, (int)day)
            : throw new GoogleSqlException($"Input calculates to invalid date: {year:D4}-{month:D2}-{day:D2}");
}
