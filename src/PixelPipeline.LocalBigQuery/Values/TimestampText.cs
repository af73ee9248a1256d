using System.Globalization;
using System.Text.RegularExpressions;

namespace PixelPipeline.LocalBigQuery.Values;

/// <summary>
/// BigQuery's spellings of an instant
/// (https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#timestamp_type): a day, a time after
/// <c>T</c> or a space, an offset, <c>Z</c> or <c>UTC</c>; UTC when it names none. Zones by name are not offered.
/// </summary>
internal static partial class TimestampText
{
    private const decimal MicrosecondsPerSecond = 1_000_000;
    private const decimal BeyondYear9999 = 300_000_000_000;

    /// <summary>
    /// Reads <c>2026-01-02T03:04:05.678901Z</c>, <c>2026-1-2 3:04 UTC</c> or <c>1767323045.678901</c>, cut to
    /// microseconds since 1970; false when it is none of these or outside of the years 1 to 9999.
    /// </summary>
    public static bool TryParse(string text, out long microseconds)
    {
        microseconds = 0;
        var match = Instant().Match(text);
        return match.Success ? TryReadInstant(match, out microseconds) : TryReadSeconds(text, out microseconds);
    }

    private static bool TryReadInstant(Match match, out long microseconds)
    {
        microseconds = 0;
        var (hour, minute, second) = (Number(match, "hour"), Number(match, "minute"), Number(match, "second"));
        if (!DateText.TryParse(match.Groups["date"].Value, out var date) || hour > 23 || minute > 59 || second > 59
            || !TryReadOffset(match, out var offset))
        {
            return false;
        }

        var fraction = match.Groups["fraction"].Value.PadRight(6, '0')[..6];
        var ticks = date.ToDateTime(TimeOnly.MinValue).Ticks
            + new TimeSpan(hour, minute, second).Ticks
            + (int.Parse(fraction, CultureInfo.InvariantCulture) * TimeSpan.TicksPerMicrosecond)
            - offset.Ticks;
        return TryFromTicks(ticks, out microseconds);
    }

    private static bool TryReadOffset(Match match, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (match.Groups["sign"].Value is not { Length: > 0 } sign)
        {
            return true;
        }

        var (hours, minutes) = (Number(match, "offsetHours"), Number(match, "offsetMinutes"));
        offset = new TimeSpan(hours, minutes, 0) * (sign == "-" ? -1 : 1);
        return hours <= 14 && minutes <= 59;
    }

    private static bool TryReadSeconds(string text, out long microseconds)
    {
        microseconds = 0;
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var seconds) || Math.Abs(seconds) > BeyondYear9999)
        {
            return false;
        }

        var since1970 = (long)decimal.Floor(seconds * MicrosecondsPerSecond);
        return TryFromTicks(DateTime.UnixEpoch.Ticks + (since1970 * TimeSpan.TicksPerMicrosecond), out microseconds);
    }

    private static bool TryFromTicks(long ticks, out long microseconds)
    {
        microseconds = (ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        return ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks;
    }

    private static int Number(Match match, string group) =>
        match.Groups[group] is { Length: > 0 } found ? int.Parse(found.ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        "^(?<date>[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2})"
        + "([Tt ](?<hour>[0-9]{1,2}):(?<minute>[0-9]{1,2})(:(?<second>[0-9]{1,2})(\\.(?<fraction>[0-9]{0,9}))?)?)?"
        + " ?([Zz]|UTC|(?<sign>[+-])(?<offsetHours>[0-9]{1,2})(:(?<offsetMinutes>[0-9]{2}))?)?\\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Instant();
}
