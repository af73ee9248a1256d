using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.TimeZones;

namespace PixelPipeline.LocalBigQuery.Sql.Types;

/// <summary>
/// Reads dates, timestamps and time zones in
/// <see href="https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#canonical_format_for_timestamp_literals">GoogleSQL's
/// canonical formats</see>: <c>2026-1-2</c>, <c>2026-01-02 03:04:05.678901+02:00</c>.
/// </summary>
internal static partial class TimeText
{
    /// <summary>The date, or null when the text is none.</summary>
    public static DateOnly? Date(string text) =>
        DatePattern().Match(text) is { Success: true } match ? DateOf(match) : null;

    /// <summary>The instant, or null when the text is none. Without a zone of its own the text is in <paramref name="zone"/>.</summary>
    public static Timestamp? Timestamp(string text, DateTimeZone? zone = null)
    {
        var match = TimestampPattern().Match(text);
        if (!match.Success || DateOf(match) is not { } date)
        {
            return null;
        }

        int Number(string group) => match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : 0;
        var (hour, minute, second) = (Number("h"), Number("m"), Number("s"));
        var own = match.Groups["zone"] is { Success: true } named ? Zone(named.Value.Trim()) : zone ?? DateTimeZone.Utc;
        if (hour > 23 || minute > 59 || second > 60 || own is null)
        {
            return null;
        }

        var leap = second == 60 ? 1 : 0; // the second after it

        var fraction = match.Groups["f"].Success ? match.Groups["f"].Value : "";
        var micros = long.Parse(fraction.PadRight(6, '0'), CultureInfo.InvariantCulture);
        return Types.Timestamp.From(date.ToDateTime(new TimeOnly(hour, minute, second - leap)).AddSeconds(leap).AddTicks(leap == 1 ? 0 : micros * TimeSpan.TicksPerMicrosecond), own);
    }

    /// <summary>Whether a timestamp's text says its zone itself.</summary>
    public static bool HasZone(string text) => TimestampPattern().Match(text).Groups["zone"].Success;

    /// <summary>The wall clock time, or null when the text is none.</summary>
    public static Datetime? Datetime(string text)
    {
        var match = TimestampPattern().Match(text);
        return match.Success && !match.Groups["zone"].Success && Timestamp(text) is { } time ? new Datetime(time.Micros) : null;
    }

    /// <summary>The time of day, or null when the text is none.</summary>
    public static TimeOnly? Time(string text)
    {
        var trimmed = text.Trim();
        return trimmed.Contains(':', StringComparison.Ordinal) && !trimmed.Contains('-', StringComparison.Ordinal) && Datetime("1970-01-01 " + trimmed) is { } time ? TimeOnly.FromDateTime(time.Wall) : null;
    }

    /// <summary>The zone called <c>Z</c>, <c>+02</c>, <c>-07:30</c> or by its tz database name; null when there is none.</summary>
    public static DateTimeZone? Zone(string name)
    {
        if (name is "Z" or "z" or "UTC")
        {
            return DateTimeZone.Utc;
        }

        if (OffsetPattern().Match(name) is { Success: true } match)
        {
            var minutes = (int.Parse(match.Groups["h"].ValueSpan, CultureInfo.InvariantCulture) * 60)
                + (match.Groups["m"].Success ? int.Parse(match.Groups["m"].ValueSpan, CultureInfo.InvariantCulture) : 0);
            return minutes > 14 * 60
                ? null
                : DateTimeZone.ForOffset(Offset.FromSeconds((name[0] == '-' ? -minutes : minutes) * 60));
        }

        return TzdbDateTimeZoneSource.Default.CanonicalIdMap.ContainsKey(name) ? DateTimeZoneProviders.Tzdb[name] : null;
    }

    private static DateOnly? DateOf(Match match)
    {
        int Number(string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
        var (year, month, day) = (Number("Y"), Number("M"), Number("D"));
        return year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;
    }

    [GeneratedRegex(@"^(?<Y>[0-9]{4})-(?<M>[0-9]{1,2})-(?<D>[0-9]{1,2})\z", RegexOptions.ExplicitCapture)]
    private static partial Regex DatePattern();

    [GeneratedRegex(@"^(?<Y>[0-9]{4})-(?<M>[0-9]{1,2})-(?<D>[0-9]{1,2})(([ Tt](?<h>[0-9]{1,2}):(?<m>[0-9]{1,2}):(?<s>[0-9]{1,2})(\.(?<f>[0-9]{1,6}))?)(?<zone>[Zz]|[+-][0-9]{1,2}(:[0-9]{2})?| [A-Za-z][A-Za-z0-9_/+-]*)?|(?<zone>[Zz]| [+-][0-9]{1,2}(:[0-9]{2})?| [A-Za-z][A-Za-z0-9_/+-]*)?)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex TimestampPattern();

    [GeneratedRegex(@"^[+-](?<h>[0-9]{1,2})(:(?<m>[0-5][0-9]))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex OffsetPattern();
}
