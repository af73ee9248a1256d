using System.Globalization;
using NodaTime;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Functions;

/// <summary>
/// Reads texts by <see href="https://cloud.google.com/bigquery/docs/reference/standard-sql/format-elements">format elements</see>;
/// what the format does not say is that of 1970-01-01 00:00:00.
/// </summary>
internal static class TimeParse
{
    private static readonly DateTimeFormatInfo Names = CultureInfo.InvariantCulture.DateTimeFormat;

    public static DateOnly Date(string format, string text) => DateOnly.FromDateTime(Read(format, text, allowsTime: false).Wall());

    public static Datetime Datetime(string format, string text) => Types.Datetime.Of(Read(format, text, allowsTime: true).Wall());

    public static Timestamp Timestamp(string format, string text, DateTimeZone zone)
    {
        var fields = Read(format, text, allowsTime: true);
        return fields.Epoch is { } seconds ? Types.Timestamp.Checked((Int128)seconds * 1_000_000)
            : fields.Offset is { } offset ? Types.Timestamp.Checked(Types.Timestamp.From(fields.Wall(), DateTimeZone.Utc).Micros - ((Int128)offset * 60_000_000))
            : Types.Timestamp.From(fields.Wall(), fields.Zone ?? zone);
    }

    private static Fields Read(string format, string text, bool allowsTime)
    {
        var (fields, at) = (new Fields(), 0);
        for (var i = 0; i < format.Length; i++)
        {
            if (char.IsWhiteSpace(format[i]))
            {
                SkipSpace(text, ref at);
            }
            else if (format[i] != '%' || i + 1 == format.Length)
            {
                at = at < text.Length && text[at] == format[i] ? at + 1 : throw Mismatch(format, text);
            }
            else
            {
                var element = Expanded(format, ref i);
                at = element.Length > 1 ? ReadAll(element, text, at, fields, allowsTime) : ReadOne(element[0], text, at, fields, allowsTime);
            }
        }

        SkipSpace(text, ref at);
        return at == text.Length ? fields : throw new GoogleSqlException($"Illegal non-space trailing data '{text[at..]}' in string \"{text}\"");
    }

    // The elements that stand for several; E and its digits say no more than the element itself here.
    private static string Expanded(string format, ref int at)
    {
        var element = format[++at];
        if (element == 'E' && at + 1 < format.Length)
        {
            element = format[++at];
            if ((char.IsAsciiDigit(element) || element == '*') && at + 1 < format.Length && format[at + 1] is 'S' or 'Y')
            {
                return format[++at] == 'S' ? "f" : "Y";
            }
        }

        return element switch
        {
            'F' => "%Y-%m-%d",
            'T' or 'X' => "%H:%M:%S",
            'R' => "%H:%M",
            'D' or 'x' => "%m/%d/%y",
            _ => element.ToString(),
        };
    }

    private static int ReadAll(string format, string text, int at, Fields fields, bool allowsTime)
    {
        for (var i = 0; i < format.Length; i++)
        {
            at = format[i] == '%' ? ReadOne(format[++i], text, at, fields, allowsTime)
                : at < text.Length && text[at] == format[i] ? at + 1
                : throw Mismatch(format, text);
        }

        return at;
    }

    private static int ReadOne(char element, string text, int at, Fields fields, bool allowsTime)
    {
        if (!allowsTime && element is 'H' or 'I' or 'k' or 'l' or 'M' or 'S' or 'f' or 'p' or 'P' or 'z' or 'Z' or 's')
        {
            throw new GoogleSqlException($"Invalid format: %{element} is not allowed for the DATE type");
        }

        switch (element)
        {
            case 'Y':
                return Number(text, at, 4, 0, 9999, v => fields.Year = v);
            case 'y':
                return Number(text, at, 2, 0, 99, v => fields.Year = v < 69 ? 2000 + v : 1900 + v);
            case 'm':
                return Number(text, at, 2, 1, 12, v => fields.Month = v);
            case 'd' or 'e':
                return Number(text, at, 2, 1, 31, v => fields.Day = v);
            case 'j':
                return Number(text, at, 3, 1, 366, v => fields.DayOfYear = v);
            case 'H' or 'k':
                return Number(text, at, 2, 0, 23, v => fields.Hour = v);
            case 'I' or 'l':
                return Number(text, at, 2, 1, 12, v => fields.Hour12 = v);
            case 'M':
                return Number(text, at, 2, 0, 59, v => fields.Minute = v);
            case 'S':
                return Number(text, at, 2, 0, 60, v => fields.Second = v);
            case 'f':
                return Fraction(text, Number(text, at, 2, 0, 60, v => fields.Second = v), fields);
            case 's':
                return Seconds(text, at, fields);
            case 'B' or 'b' or 'h':
                return Name(text, at, Names.MonthNames, Names.AbbreviatedMonthNames, v => fields.Month = v + 1);
            case 'A' or 'a':
                return Name(text, at, Names.DayNames, Names.AbbreviatedDayNames, _ => { });
            case 'p' or 'P':
                return Name(text, at, ["AM", "PM"], ["AM", "PM"], v => fields.IsAfternoon = v == 1);
            case 'z':
                return Offset(text, at, fields);
            case 'Z':
                return Zone(text, at, fields);
            case 'n' or 't':
                SkipSpace(text, ref at);
                return at;
            case '%':
                return at < text.Length && text[at] == '%' ? at + 1 : throw Mismatch("%%", text);
            default:
                throw new GoogleSqlException($"Not supported: format element %{element} in PARSE functions");
        }
    }

    private static int Number(string text, int at, int digits, int least, int most, Action<int> set)
    {
        SkipSpace(text, ref at);
        var end = at;
        while (end < text.Length && end - at < digits && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        if (end == at || int.Parse(text.AsSpan(at, end - at), CultureInfo.InvariantCulture) is var value && (value < least || value > most))
        {
            throw new GoogleSqlException($"Failed to parse input string \"{text}\"");
        }

        set(value);
        return end;
    }

    private static int Fraction(string text, int at, Fields fields)
    {
        if (at >= text.Length || text[at] != '.')
        {
            return at;
        }

        var end = at + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        fields.Micros = int.Parse(text[(at + 1)..end].PadRight(6, '0')[..6], CultureInfo.InvariantCulture);
        return end;
    }

    private static int Seconds(string text, int at, Fields fields)
    {
        SkipSpace(text, ref at);
        var end = at < text.Length && text[at] == '-' ? at + 1 : at;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        fields.Epoch = long.TryParse(text.AsSpan(at, end - at), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) ? seconds : throw Mismatch("%s", text);
        return end;
    }

    private static int Name(string text, int at, string[] full, string[] brief, Action<int> set)
    {
        SkipSpace(text, ref at);
        foreach (var names in (string[][])[full, brief])
        {
            for (var i = 0; i < names.Length; i++)
            {
                if (names[i].Length > 0 && string.Compare(text, at, names[i], 0, names[i].Length, StringComparison.OrdinalIgnoreCase) == 0)
                {
                    set(i);
                    return at + names[i].Length;
                }
            }
        }

        throw Mismatch("a name", text);
    }

    private static int Offset(string text, int at, Fields fields)
    {
        SkipSpace(text, ref at);
        var end = at;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] is '+' or '-' or ':'))
        {
            end++;
        }

        var digits = text[at..end].Replace(":", "", StringComparison.Ordinal);
        fields.Offset = digits.Length is 3 or 5 && digits[0] is '+' or '-' && int.TryParse(digits.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? (digits[0] == '-' ? -1 : 1) * (digits.Length == 3 ? value * 60 : (value / 100 * 60) + (value % 100))
            : throw Mismatch("%z", text);
        return end;
    }

    private static int Zone(string text, int at, Fields fields)
    {
        SkipSpace(text, ref at);
        var end = at;
        while (end < text.Length && !char.IsWhiteSpace(text[end]))
        {
            end++;
        }

        fields.Zone = TimeFunctions.Zone(text[at..end]);
        return end;
    }

    private static void SkipSpace(string text, ref int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }
    }

    private static GoogleSqlException Mismatch(string format, string text) => new($"Mismatch between format \"{format}\" and string \"{text}\"");

    /// <summary>What has been read.</summary>
    private sealed class Fields
    {
        public int Year { get; set; } = 1970;

        public int Month { get; set; } = 1;

        public int Day { get; set; } = 1;

        public int? DayOfYear { get; set; }

        public int Hour { get; set; }

        public int? Hour12 { get; set; }

        public bool IsAfternoon { get; set; }

        public int Minute { get; set; }

        public int Second { get; set; }

        public int Micros { get; set; }

        public long? Epoch { get; set; }

        public int? Offset { get; set; }

        public DateTimeZone? Zone { get; set; }

        public DateTime Wall()
        {
            if (Year < 1 || Day > DateTime.DaysInMonth(Year, Month))
            {
                throw new GoogleSqlException("Out-of-range datetime field in the parsed text");
            }

            var day = DayOfYear is { } number ? new DateTime(Year, 1, 1).AddDays(number - 1) : new DateTime(Year, Month, Day);
            var hour = Hour12 is { } half ? (half % 12) + (IsAfternoon ? 12 : 0) : Hour;
            return day.AddHours(hour).AddMinutes(Minute).AddSeconds(Second).AddTicks(Micros * TimeSpan.TicksPerMicrosecond);
        }
    }
}
