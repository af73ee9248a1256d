using System.Collections.Frozen;
using System.Globalization;

namespace PixelPipeline.Tables;

/// <summary>The forms in which a table suffix can carry the event's day (UTC): a closed set, each readable in one way only.</summary>
internal sealed class DateFormat
{
    private static readonly FrozenSet<string> Known = new[]
    {
        "yyyyMMdd", "yyyy_MM_dd", "yyyyMM", "yyyy_MM", "yyyy", "M_d_yyyy", "MM_dd_yyyy", "d_M_yyyy", "dd_MM_yyyy",
    }.ToFrozenSet();

    private readonly string _format;
    private DayText _last = new(-1, "");

    private DateFormat(string format) => _format = format;

    /// <summary>All forms, for messages.</summary>
    public static string All { get; } = string.Join(", ", Known.Order(StringComparer.Ordinal));

    /// <summary>Finds a form by its spelling, such as <c>yyyyMMdd</c>.</summary>
    public static DateFormat? Find(string format) => Known.Contains(format) ? new DateFormat(format) : null;

    /// <summary>The day behind the days that share a day's text: the next one, or the first of the next month or year.</summary>
    public DateOnly EndOf(DateOnly day) => _format.Contains('d', StringComparison.Ordinal) ? day.AddDays(1)
        : _format.Contains('M', StringComparison.Ordinal) ? new DateOnly(day.Year, day.Month, 1).AddMonths(1)
        : new DateOnly(day.Year, 1, 1).AddYears(1);

    /// <summary>The day of a UTC instant in this form.</summary>
    public string Format(DateTime utc)
    {
        var day = utc.Ticks / TimeSpan.TicksPerDay;
        var last = _last;
        if (last.Day != day)
        {
            last = new DayText(day, utc.ToString(_format, CultureInfo.InvariantCulture));
            _last = last; // one reference: a reader on another thread sees the old day or the new one, never a mixture
        }

        return last.Text;
    }

    private sealed record DayText(long Day, string Text);
}
