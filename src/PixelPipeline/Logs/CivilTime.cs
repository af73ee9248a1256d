using System.Runtime.CompilerServices;

namespace PixelPipeline.Logs;

/// <summary>
/// Dates and times of day in the two spellings that most lines of access logs have, digit by digit: in a log that is not in
/// the order of time each line needs it, and a general parser takes longer than all the rest of the line.
/// </summary>
internal static class CivilTime
{
    /// <summary>The first second of the year 1, since 1970.</summary>
    public const long MinSeconds = -62_135_596_800;

    /// <summary>The last second of the year 9999, since 1970.</summary>
    public const long MaxSeconds = 253_402_300_799;

    private const int SecondsPerDay = 86_400;
    private const int NoNumber = -1_000_000; // stays negative in all that it is added to

    private static ReadOnlySpan<byte> Months => "JanFebMarAprMayJunJulAugSepOctNovDec"u8;

    /// <summary>Reads <c>2026-11-20T11:12:</c>, in UTC.</summary>
    /// <param name="text">What follows is not looked at.</param>
    /// <param name="start">The minute's start, in seconds since 1970.</param>
    /// <returns>False for another spelling, and for a minute that does not exist.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // a run may be over before the runtime finds out that this is hot
    public static bool TryReadMinute(ReadOnlySpan<byte> text, out long start)
    {
        start = 0;
        return text.Length >= 17 && text[4] == '-' && text[7] == '-' && text[10] == 'T' && text[13] == ':' && text[16] == ':'
            && TryToSeconds((Two(text, 0) * 100) + Two(text, 2), Two(text, 5), Two(text, 8), Two(text, 11), Two(text, 14), out start);
    }

    /// <summary>Reads the minute of <c>20/Nov/2026:12:12:28 +0100</c>; the seconds are not looked at.</summary>
    /// <param name="text">26 bytes.</param>
    /// <param name="start">The minute's start, in seconds since 1970.</param>
    /// <returns>False for another spelling, a minute that does not exist, and one outside the years 0001 to 9999 UTC.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryReadCombinedMinute(ReadOnlySpan<byte> text, out long start)
    {
        start = 0;
        if (text.Length != 26 || text[2] != '/' || text[6] != '/' || text[11] != ':' || text[14] != ':' || text[17] != ':' || text[20] != ' '
            || text[21] is not ((byte)'+' or (byte)'-')
            || !TryToSeconds((Two(text, 7) * 100) + Two(text, 9), MonthOf(text[3..]), Two(text, 0), Two(text, 12), Two(text, 15), out start))
        {
            return false;
        }

        var (hours, minutes) = (Two(text, 22), Two(text, 24));
        var offset = ((hours * 60) + minutes) * 60;
        start -= text[21] == '-' ? -offset : offset;
        return hours is >= 0 and <= 23 && minutes is >= 0 and <= 59 && start is >= MinSeconds and <= MaxSeconds;
    }

    /// <summary>The month, 1 to 12, whose English name's first three letters a text begins with; 0 for none.</summary>
    public static int MonthOf(ReadOnlySpan<byte> text) =>
        text.Length >= 3 && Months.IndexOf(text[..3]) is var at and >= 0 && at % 3 == 0 ? (at / 3) + 1 : 0;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryToSeconds(int year, int month, int day, int hour, int minute, out long seconds)
    {
        seconds = 0;
        if (year < 1 || month is < 1 or > 12 || day < 1 || hour is < 0 or > 23 || minute is < 0 or > 59 || (day > 28 && day > DateTime.DaysInMonth(year, month)))
        {
            return false;
        }

        var days = (new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerDay;
        seconds = (days * SecondsPerDay) + (((hour * 60) + minute) * 60);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Two(ReadOnlySpan<byte> text, int at)
    {
        var (tens, ones) = ((uint)(text[at] - '0'), (uint)(text[at + 1] - '0'));
        return tens < 10 && ones < 10 ? (int)((tens * 10) + ones) : NoNumber;
    }
}
