using System.Globalization;
using System.Text;
using NodaTime;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Functions;

/// <summary>
/// The <see href="https://cloud.google.com/bigquery/docs/reference/standard-sql/format-elements">format elements</see>
/// that FORMAT_TIMESTAMP and its kin know; any other stands for itself.
/// </summary>
internal static class TimeFormat
{
    public static string Format(string format, Timestamp time, DateTimeZone zone) => Format(format, Local(time, zone), time, zone);

    // What a text says of the offset, hours and minutes, is what it counts by.
    private static DateTime Local(Timestamp time, DateTimeZone zone)
    {
        var seconds = time.OffsetIn(zone).Seconds;
        return time.In(zone) is var local && seconds == 0 ? local : local.AddSeconds(-seconds);
    }

    public static string Format(string format, DateOnly date) => Format(format, date.ToDateTime(default), null, DateTimeZone.Utc);

    public static string Format(string format, Datetime time) => Format(format, time.Wall, new Timestamp(time.Micros), DateTimeZone.Utc);

    private static string Format(string format, DateTime local, Timestamp? time, DateTimeZone zone)
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
            text.Append(Plain(element, local, time, zone) ?? Padded(element, local, time, zone) ?? "%" + element);
            i += element.Length;
        }

        return text.ToString();
    }

    private static string? Plain(string element, DateTime local, Timestamp? time, DateTimeZone zone) =>
        DatePartOf(element, local) ?? (time is { } instant ? TimePartOf(element, local, instant, zone) : null);

    // %-d has no padding, %_d spaces, %0d zeros; %Od and the like are the element itself.
    private static string? Padded(string element, DateTime local, Timestamp? time, DateTimeZone zone)
    {
        if (element.Length != 2 || Plain(element[1..], local, time, zone) is not { } text)
        {
            return null;
        }

        var number = text.TrimStart('0', ' ');
        number = number.Length == 0 ? "0" : number;
        return element[0] switch
        {
            '-' => number,
            '_' => number.PadLeft(text.Length),
            '0' => number.PadLeft(text.Length, '0'),
            'O' when element[1] is 'd' or 'e' or 'H' or 'I' or 'm' or 'M' or 'S' or 'u' or 'U' or 'V' or 'w' or 'W' or 'y' => text,
            'E' when element[1] is 'c' or 'C' or 'x' or 'X' or 'y' or 'Y' => text,
            _ => null,
        };
    }

    private static string Element(ReadOnlySpan<char> rest)
    {
        if (rest.Length >= 3 && rest[0] == 'E' && ((rest[2] == 'S' && (rest[1] == '*' || char.IsAsciiDigit(rest[1]))) || (rest[1] == '4' && rest[2] == 'Y')))
        {
            return rest[..3].ToString();
        }

        return rest.Length >= 2 && rest[0] is 'E' or 'O' or '-' or '_' or '0' ? rest[..2].ToString() : rest[..1].ToString();
    }

    private static string? DatePartOf(string element, DateTime t) => element switch
    {
        "Y" => t.Year.ToString(CultureInfo.InvariantCulture),
        "E4Y" => Text(t, "yyyy"),
        "g" => (ISOWeek.GetYear(t) % 100).ToString("D2", CultureInfo.InvariantCulture),
        "y" => Text(t, "yy"),
        "C" => (t.Year / 100).ToString(CultureInfo.InvariantCulture),
        "m" => Text(t, "MM"),
        "d" => Text(t, "dd"),
        "e" => t.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
        "B" => Text(t, "MMMM"),
        "b" or "h" => Text(t, "MMM"),
        "A" => Text(t, "dddd"),
        "a" => Text(t, "ddd"),
        "F" => FormattableString.Invariant($"{t.Year}-{t:MM-dd}"),
        "D" or "x" => Text(t, "MM/dd/yy"),
        "j" => t.DayOfYear.ToString("D3", CultureInfo.InvariantCulture),
        "Q" => TimeArithmetic.Extract(DatePart.Quarter, DateOnly.FromDateTime(t)).ToString(CultureInfo.InvariantCulture),
        "u" => (((int)t.DayOfWeek + 6) % 7 + 1).ToString(CultureInfo.InvariantCulture),
        "w" => ((int)t.DayOfWeek).ToString(CultureInfo.InvariantCulture),
        "G" => ISOWeek.GetYear(t).ToString(CultureInfo.InvariantCulture),
        "V" => ISOWeek.GetWeekOfYear(t).ToString("D2", CultureInfo.InvariantCulture),
        "U" => TimeArithmetic.WeekOfYear(DateOnly.FromDateTime(t), DayOfWeek.Sunday).ToString("D2", CultureInfo.InvariantCulture),
        "W" => TimeArithmetic.WeekOfYear(DateOnly.FromDateTime(t), DayOfWeek.Monday).ToString("D2", CultureInfo.InvariantCulture),
        "J" => throw new GoogleSqlException("Not supported: the format element %J"),
        "n" => "\n",
        "t" => "\t",
        "%" => "%",
        _ => null,
    };

    private static string? TimePartOf(string element, DateTime t, Timestamp time, DateTimeZone zone) => element switch
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
        "s" => ((time.Micros - (((time.Micros % 1_000_000) + 1_000_000) % 1_000_000)) / 1_000_000).ToString(CultureInfo.InvariantCulture),
        "z" => Offset(time, zone, ""),
        "Ez" => Offset(time, zone, ":"),
        "Z" => time.OffsetIn(zone) == TimeSpan.Zero ? "UTC" : "UTC" + Offset(time, zone, "", brief: true),
        "c" => FormattableString.Invariant($"{t:ddd MMM} {t.Day,2} {t:HH:mm:ss} {t.Year}"),
        "r" => Text(t, "hh:mm:ss tt"),
        "E*S" => Text(t, "ss.FFFFFF"),
        "E0S" => Text(t, "ss"),
        _ when element is ['E', var digits and >= '1' and <= '6', 'S'] => Text(t, "ss." + new string('f', digits - '0')),
        _ when element is ['E', var digits and >= '7' and <= '9', 'S'] => Text(t, "ss.ffffff") + new string('0', digits - '6'),
        _ => null,
    };

    /// <summary>As <c>STRING(timestamp, zone)</c> gives it: <c>2026-11-20 12:12:28.408747+01</c>.</summary>
    public static string Zoned(Timestamp time, DateTimeZone zone)
    {
        var offset = time.OffsetIn(zone);
        return Local(time, zone).ToString($"yyyy-MM-dd HH:mm:ss{Datetime.Fraction(time.Micros)}", CultureInfo.InvariantCulture)
            + (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString(offset.Minutes == 0 ? "hh" : @"hh\:mm", CultureInfo.InvariantCulture);
    }

    private static string Offset(Timestamp time, DateTimeZone zone, string separator, bool brief = false)
    {
        var offset = time.OffsetIn(zone);
        var sign = offset < TimeSpan.Zero ? "-" : "+";
        return brief && offset.Minutes == 0
            ? sign + Math.Abs(offset.Hours).ToString(CultureInfo.InvariantCulture)
            : sign + offset.ToString("hh", CultureInfo.InvariantCulture) + separator + offset.ToString("mm", CultureInfo.InvariantCulture);
    }

    private static string Text(DateTime time, string format) => time.ToString(format, CultureInfo.InvariantCulture);
}
