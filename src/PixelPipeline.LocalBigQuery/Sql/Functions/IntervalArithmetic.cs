using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Functions;

/// <summary>INTERVAL values and what is done with them.</summary>
internal static class IntervalArithmetic
{
    private const long MicrosADay = 86_400_000_000;

    public static void AddTo(FunctionTable table)
    {
        table.Add("INTERVAL VALUE", (long n, IntervalPart p) => Of(n, p.Part));
        table.Add("+", (Timestamp t, Interval i) => Add(t, i, 1));
        table.Add("-", (Timestamp t, Interval i) => Add(t, i, -1));
        table.Add("+", (Datetime t, Interval i) => Add(t, i, 1));
        table.Add("-", (Datetime t, Interval i) => Add(t, i, -1));
        table.Add("+", (DateOnly d, Interval i) => Add(Datetime.Of(d.ToDateTime(default)), i, 1));
        table.Add("-", (DateOnly d, Interval i) => Add(Datetime.Of(d.ToDateTime(default)), i, -1));
        table.Add("+", (Interval i, Timestamp t) => Add(t, i, 1));
        table.Add("+", (Interval i, Datetime t) => Add(t, i, 1));
        table.Add("+", (Interval i, DateOnly d) => Add(Datetime.Of(d.ToDateTime(default)), i, 1));
        table.Add("+", (Interval a, Interval b) => Checked((Int128)a.Months + b.Months, (Int128)a.Days + b.Days, (Int128)a.Micros + b.Micros));
        table.Add("-", (Interval a, Interval b) => Checked((Int128)a.Months - b.Months, (Int128)a.Days - b.Days, (Int128)a.Micros - b.Micros));
        table.Add("-", (Interval i) => Checked(-(Int128)i.Months, -(Int128)i.Days, -(Int128)i.Micros));
        table.Add("*", (Interval i, long n) => Checked((Int128)i.Months * n, (Int128)i.Days * n, (Int128)i.Micros * n));
        table.Add("*", (long n, Interval i) => Checked((Int128)i.Months * n, (Int128)i.Days * n, (Int128)i.Micros * n));
        table.Add("-", (Timestamp a, Timestamp b) => new Interval(0, 0, a.Micros - b.Micros));
        table.Add("-", (Datetime a, Datetime b) => new Interval(0, 0, a.Micros - b.Micros));
        table.Add("-", (DateOnly a, DateOnly b) => new Interval(0, a.DayNumber - b.DayNumber, 0));
    }

    private static Interval Of(long count, DatePart part) => part switch
    {
        DatePart.Year => Checked((Int128)count * 12, 0, 0),
        DatePart.Quarter => Checked((Int128)count * 3, 0, 0),
        DatePart.Month => Checked(count, 0, 0),
        DatePart.Week => Checked(0, (Int128)count * 7, 0),
        DatePart.Day => Checked(0, count, 0),
        _ when part.Micros() is { } micros => Checked(0, 0, (Int128)count * micros),
        _ => throw new GoogleSqlException($"Invalid interval datetime field {part.Name()}"),
    };

    // The bounds of the type's documentation: 10,000 years in each of its three parts.
    private static Interval Checked(Int128 months, Int128 days, Int128 micros) =>
        Int128.Abs(months) <= 120_000 && Int128.Abs(days) <= 3_660_000 && Int128.Abs(micros) <= (Int128)87_840_000 * 3_600_000_000
            ? new Interval((int)months, (int)days, (long)micros)
            : throw new GoogleSqlException("Interval overflow");

    private static Timestamp Add(Timestamp time, Interval interval, int sign) => interval.Months == 0
        ? Timestamp.Checked(time.Micros + (sign * (((Int128)interval.Days * MicrosADay) + interval.Micros)))
        : throw new GoogleSqlException("TIMESTAMP +/- INTERVAL is not supported for intervals with non-zero MONTH or YEAR part.");

    private static Datetime Add(Datetime time, Interval interval, int sign) =>
        Datetime.Checked(TimeArithmetic.Add(time, sign * interval.Months, DatePart.Month).Micros + (sign * (((Int128)interval.Days * MicrosADay) + interval.Micros)));
}
