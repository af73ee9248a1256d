using System.Globalization;
using System.Text;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Functions;

/// <summary>
/// The <see href="https://cloud.google.com/bigquery/docs/reference/standard-sql/format-elements">format elements</see>
/// that FORMAT_TIMESTAMP and FORMAT_DATE know; any other is an error.
/// </summary>
internal static class TimeFormat
{
    public static string Format(string format, Timestamp time, TimeZoneInfo zone) => Format(format, time.In(zone), time, zone);

    public static string Format(string format, DateOnly date) => Format(format, date.ToDateTime(default), null, TimeZoneInfo.Utc);

    private static string Format(string format, DateTime local, Timestamp? time, TimeZoneInfo zone)
    {
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 >= format.Length)
            {
                text.Append(format[i]);
                continue;
            }

            var element = Element(format.AsSpan(i + 1));
            text.Append(DatePartOf(element, local)
                ?? (time is { } instant ? TimePartOf(element, local, instant, zone) : null)
                ?? throw new GoogleSqlException($"Not supported: format element %{element}{(time is null ? " for DATE" : "")}"));
            i += element.Length;
        }

        return text.ToString();
    }

    private static string Element(ReadOnlySpan<char> rest)
    {
        foreach (var prefixed in (ReadOnlySpan<string>)["E*S", "E1S", "E2S", "E3S", "E4S", "E5S", "E6S", "Ez"])
        {
            if (rest.StartsWith(prefixed, StringComparison.Ordinal))
            {
                return prefixed;
            }
        }

        return rest[..1].ToString();
    }

    private static string? DatePartOf(string element, DateTime t) => element switch
    {
        "Y" => Text(t, "yyyy"),
        "y" => Text(t, "yy"),
        "C" => (t.Year / 100).ToString("D2", CultureInfo.InvariantCulture),
        "m" => Text(t, "MM"),
        "d" => Text(t, "dd"),
        "e" => t.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
        "B" => Text(t, "MMMM"),
        "b" or "h" => Text(t, "MMM"),
        "A" => Text(t, "dddd"),
        "a" => Text(t, "ddd"),
        "F" => Text(t, "yyyy-MM-dd"),
        "D" or "x" => Text(t, "MM/dd/yy"),
        "j" => t.DayOfYear.ToString("D3", CultureInfo.InvariantCulture),
        "Q" => TimeArithmetic.Extract(DatePart.Quarter, DateOnly.FromDateTime(t)).ToString(CultureInfo.InvariantCulture),
        "u" => (((int)t.DayOfWeek + 6) % 7 + 1).ToString(CultureInfo.InvariantCulture),
        "w" => ((int)t.DayOfWeek).ToString(CultureInfo.InvariantCulture),
        "G" => ISOWeek.GetYear(t).ToString(CultureInfo.InvariantCulture),
        "V" => ISOWeek.GetWeekOfYear(t).ToString("D2", CultureInfo.InvariantCulture),
        "U" => TimeArithmetic.WeekOfYear(DateOnly.FromDateTime(t), DayOfWeek.Sunday).ToString("D2", CultureInfo.InvariantCulture),
        "W" => TimeArithmetic.WeekOfYear(DateOnly.FromDateTime(t), DayOfWeek.Monday).ToString("D2", CultureInfo.InvariantCulture),
        "n" => "\n",
        "t" => "\t",
        "%" => "%",
        _ => null,
    };

    private static string? TimePartOf(string element, DateTime t, Timestamp time, TimeZoneInfo zone) => element switch
    {
        "H" => Text(t, "HH"),
        "k" => t.Hour.ToString(CultureInfo.InvariantCulture).PadLeft(2),
        "I" => Text(t, "hh"),
        "l" => ((t.Hour + 11) % 12 + 1).ToString(CultureInfo.InvariantCulture).PadLeft(2),
        "M" => Text(t, "mm"),
        "S" => Text(t, "ss"),
        "p" => Text(t, "tt"),
        "P" => Text(t, "tt").ToLowerInvariant(),
        "T" or "X" => Text(t, "HH:mm:ss"),
        "R" => Text(t, "HH:mm"),
        "s" => Math.Floor(time.Micros / 1e6).ToString("F0", CultureInfo.InvariantCulture),
        "z" => Offset(time, zone, ""),
        "Ez" => Offset(time, zone, ":"),
        "Z" => zone == TimeZoneInfo.Utc ? "UTC" : "UTC" + Offset(time, zone, "", brief: true),
        "E*S" => Text(t, "ss.FFFFFF"),
        _ when element is ['E', var digits, 'S'] => Text(t, "ss." + new string('f', digits - '0')),
        _ => null,
    };

    private static string Offset(Timestamp time, TimeZoneInfo zone, string separator, bool brief = false)
    {
        var offset = zone.GetUtcOffset(time.Utc);
        var sign = offset < TimeSpan.Zero ? "-" : "+";
        return brief && offset.Minutes == 0
            ? sign + Math.Abs(offset.Hours).ToString(CultureInfo.InvariantCulture)
            : sign + offset.ToString("hh", CultureInfo.InvariantCulture) + separator + offset.ToString("mm", CultureInfo.InvariantCulture);
    }

    private static string Text(DateTime time, string format) => time.ToString(format, CultureInfo.InvariantCulture);
}
