using System.Buffers.Text;

namespace PixelPipeline.Logs;

/// <summary>
/// The instant of a log entry, as exact as the entry states it: seconds since 1970-01-01T00:00:00Z and nanoseconds
/// within the second. Years 0001 to 9999, UTC.
/// </summary>
/// <param name="UnixSeconds">Whole seconds since 1970, rounded down; negative before it.</param>
/// <param name="Nanoseconds">0 to 999,999,999.</param>
public readonly record struct EntryTimestamp(long UnixSeconds, int Nanoseconds)
{
    private const int NanosecondDigits = 9;
    private const int SecondsPerDay = 86_400;

    /// <summary>Days since 1970-01-01, UTC; negative before it.</summary>
    public int UnixDay => (int)((UnixSeconds < 0 ? UnixSeconds - SecondsPerDay + 1 : UnixSeconds) / SecondsPerDay);

    /// <summary>The instant in UTC, truncated (never rounded) to the microseconds that a TIMESTAMP column holds.</summary>
    public DateTime ToMicroseconds() =>
        DateTime.UnixEpoch.AddTicks((UnixSeconds * TimeSpan.TicksPerSecond) + (Nanoseconds / 1_000 * TimeSpan.TicksPerMicrosecond));

    /// <summary>The instant of a clock reading.</summary>
    public static EntryTimestamp From(DateTimeOffset instant)
    {
        var ticks = instant.UtcTicks - DateTime.UnixEpoch.Ticks;
        var withinSecond = ((ticks % TimeSpan.TicksPerSecond) + TimeSpan.TicksPerSecond) % TimeSpan.TicksPerSecond;
        return new EntryTimestamp((ticks - withinSecond) / TimeSpan.TicksPerSecond, (int)(withinSecond * TimeSpan.NanosecondsPerTick));
    }

    /// <summary>
    /// Reads an RFC 3339 date-time, such as <c>2026-11-20T11:12:28.408747Z</c>. Digits beyond nanoseconds are dropped.
    /// </summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="timestamp">The instant; its default where the text is none.</param>
    /// <returns>
    /// False for any other form, a date or time that does not exist (leap seconds among them), and an instant outside
    /// the years 0001 to 9999 UTC.
    /// </returns>
    /// <seealso href="https://www.rfc-editor.org/rfc/rfc3339#section-5.6"/>
    public static bool TryParse(ReadOnlySpan<byte> text, out EntryTimestamp timestamp)
    {
        timestamp = default;
        if (!TryParseDateAndTime(text, out var local)
            || !TryParseFraction(text[19..], out var nanoseconds, out var fractionLength)
            || !TryParseOffset(text[(19 + fractionLength)..], out var offset))
        {
            return false;
        }

        var ticks = local.Ticks - offset.Ticks;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        timestamp = new EntryTimestamp((ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond, nanoseconds);
        return true;
    }

    private static bool TryParseDateAndTime(ReadOnlySpan<byte> text, out DateTime value)
    {
        value = default;
        if (text.Length < 20
            || text[4] != '-' || text[7] != '-' || text[13] != ':' || text[16] != ':' || text[10] is not ((byte)'T' or (byte)'t' or (byte)' ')
            || !TryParseNumber(text[..4], out var year) || !TryParseNumber(text[5..7], out var month)
            || !TryParseNumber(text[8..10], out var day) || !TryParseNumber(text[11..13], out var hour)
            || !TryParseNumber(text[14..16], out var minute) || !TryParseNumber(text[17..19], out var second)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        value = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc);
        return true;
    }

    private static bool TryParseFraction(ReadOnlySpan<byte> text, out int nanoseconds, out int length)
    {
        nanoseconds = 0;
        length = 0;
        if (text[0] != '.')
        {
            return true;
        }

        var digits = text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits < 1)
        {
            return false;
        }

        for (var i = 0; i < NanosecondDigits; i++)
        {
            nanoseconds = (nanoseconds * 10) + (i < digits ? text[1 + i] - '0' : 0);
        }

        length = 1 + digits;
        return true;
    }

    private static bool TryParseOffset(ReadOnlySpan<byte> text, out TimeSpan offset)
    {
        offset = default;
        if (text is [(byte)'Z' or (byte)'z'])
        {
            return true;
        }

        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':'
            || !TryParseNumber(text[1..3], out var hours) || !TryParseNumber(text[4..], out var minutes)
            || hours > 23 || minutes > 59)
        {
            return false;
        }

        offset = new TimeSpan(hours, minutes, 0) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool TryParseNumber(ReadOnlySpan<byte> digits, out int value)
    {
        value = 0;
        return !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && Utf8Parser.TryParse(digits, out value, out var consumed) && consumed == digits.Length;
    }
}
