using NodaTime;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Functions;

/// <summary>
/// The <see href="https://cloud.google.com/bigquery/docs/reference/standard-sql/timestamp_functions">timestamp functions</see>.
/// </summary>
internal static class TimeFunctions
{
    public static void AddTo(FunctionTable table)
    {
        AddConversions(table);
        table.Add("TIMESTAMP_ADD", (Timestamp t, long n, IntervalPart p) => TimeArithmetic.Add(t, n, p.Part));
        table.Add("TIMESTAMP_SUB", (Timestamp t, long n, IntervalPart p) => TimeArithmetic.Add(t, -(Int128)n, p.Part));
        table.Add("TIMESTAMP_DIFF", (Timestamp a, Timestamp b, DatePart p) => TimeArithmetic.Difference(a, b, p));
        table.Add("TIMESTAMP_TRUNC", (Timestamp t, DatePart p) => TimeArithmetic.Truncate(t, p, DateTimeZone.Utc));
        table.Add("TIMESTAMP_TRUNC", (Timestamp t, DatePart p, string zone) => TimeArithmetic.Truncate(t, p, Zone(zone)));
        table.Add("EXTRACT", (DatePart p, Timestamp t) => TimeArithmetic.Extract(p, t.Utc));
        table.Add("EXTRACT", (DatePart p, Timestamp t, string zone) => TimeArithmetic.Extract(p, t.In(Zone(zone))));
        table.Add("FORMAT_TIMESTAMP", (string format, Timestamp t) => TimeFormat.Format(format, t, DateTimeZone.Utc));
        table.Add("FORMAT_TIMESTAMP", (string format, Timestamp t, string zone) => TimeFormat.Format(format, t, Zone(zone)));
        table.Add("UNIX_MICROS", (Timestamp t) => t.Micros);
        table.Add("UNIX_MILLIS", (Timestamp t) => FloorDivide(t.Micros, 1_000));
        table.Add("UNIX_SECONDS", (Timestamp t) => FloorDivide(t.Micros, 1_000_000));
        table.Add("TIMESTAMP_MICROS", (long n) => Timestamp.Checked(n));
        table.Add("TIMESTAMP_MILLIS", (long n) => Timestamp.Checked((Int128)n * 1_000));
        table.Add("TIMESTAMP_SECONDS", (long n) => Timestamp.Checked((Int128)n * 1_000_000));
    }

    /// <summary>The time zone of this name.</summary>
    /// <exception cref="GoogleSqlException">There is none.</exception>
    public static DateTimeZone Zone(string name) =>
        TimeText.Zone(name) ?? throw new GoogleSqlException($"Invalid time zone: {name}");

    private static void AddConversions(FunctionTable table)
    {
        table.Add("TIMESTAMP", (Timestamp t) => t);
        table.Add("TIMESTAMP", (string s) => Parse(s, DateTimeZone.Utc));
        table.Add("TIMESTAMP", (string s, string zone) => TimeText.HasZone(s) ? throw new GoogleSqlException($"Timezone is not allowed in \"{s}\"") : Parse(s, Zone(zone)));
        table.Add("TIMESTAMP", (DateOnly d) => Timestamp.From(d.ToDateTime(default), DateTimeZone.Utc));
        table.Add("TIMESTAMP", (DateOnly d, string zone) => Timestamp.From(d.ToDateTime(default), Zone(zone)));
        table.Add("STRING", (Timestamp t) => t.ToString());
    }

    private static Timestamp Parse(string text, DateTimeZone zone) =>
        TimeText.Timestamp(text, zone) ?? throw new GoogleSqlException($"Invalid timestamp: '{text}'");

    private static long FloorDivide(long value, long by) => (value / by) - (value % by < 0 ? 1 : 0);
}
