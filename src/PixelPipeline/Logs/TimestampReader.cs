using System.Runtime.CompilerServices;

namespace PixelPipeline.Logs;

/// <summary>
/// Reads the timestamps of consecutive lines, which mostly share their minute: only what differs is read anew.
/// Not safe for concurrent use.
/// </summary>
internal sealed class TimestampReader
{
    private const int MinuteLength = 17; // 2026-11-20T11:12:
    private const int CombinedLength = 26; // 20/Nov/2026:11:12:28 +0000
    private const int CombinedMinuteLength = 18;

    private readonly byte[] _minute = new byte[MinuteLength];
    private readonly byte[] _combined = new byte[CombinedLength];
    private long? _minuteStart; // null before the first line: then there is nothing to compare with
    private long? _combinedMinuteStart;

    /// <summary>The zone of times that name none. Of the hour that an autumn's night has twice it takes the second, in standard time.</summary>
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>Reads RFC 3339 in UTC, such as <c>2026-11-20T11:12:28.408747Z</c>; other offsets as well, only slower.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // see ChunkCounter
    public bool TryRead(ReadOnlySpan<byte> text, out EntryTimestamp timestamp)
    {
        if (_minuteStart is { } start && text.Length > MinuteLength + 2 && text[..MinuteLength].SequenceEqual(_minute)
            && TryReadSeconds(text[MinuteLength..], out var seconds)
            && TryReadFraction(text[(MinuteLength + 2)..], out var nanoseconds))
        {
            timestamp = new EntryTimestamp(start + seconds, nanoseconds);
            return true;
        }

        if (text.Length <= MinuteLength + 2 || !CivilTime.TryReadMinute(text, out start) || !TryReadSeconds(text[MinuteLength..], out seconds)
            || !TryReadFraction(text[(MinuteLength + 2)..], out nanoseconds))
        {
            return EntryTimestamp.TryParse(text, out timestamp); // another offset, more digits
        }

        text[..MinuteLength].CopyTo(_minute);
        _minuteStart = start;
        timestamp = new EntryTimestamp(start + seconds, nanoseconds);
        return true;
    }

    /// <summary>Reads the time of common and combined logs, such as <c>20/Nov/2026:12:12:28 +0100</c>.</summary>
    public bool TryReadCombined(ReadOnlySpan<byte> text, out EntryTimestamp timestamp)
    {
        timestamp = default;
        if (text.Length != CombinedLength)
        {
            return false;
        }

        if (_combinedMinuteStart is { } start && text[..CombinedMinuteLength].SequenceEqual(_combined.AsSpan(0, CombinedMinuteLength))
            && text[^6..].SequenceEqual(_combined.AsSpan(CombinedLength - 6)) && TryReadSeconds(text[CombinedMinuteLength..], out var seconds))
        {
            timestamp = new EntryTimestamp(start + seconds, 0);
            return true;
        }

        if (!CivilTime.TryReadCombinedMinute(text, out start) || !TryReadSeconds(text[CombinedMinuteLength..], out seconds))
        {
            return false;
        }

        text.CopyTo(_combined);
        _combinedMinuteStart = start;
        timestamp = new EntryTimestamp(start + seconds, 0);
        return true;
    }

    /// <summary>Reads a date and a time of day in UTC, such as <c>2026-11-20</c> and <c>11:12:28</c>; the time may have a fraction.</summary>
    public bool TryReadDateAndTime(ReadOnlySpan<byte> date, ReadOnlySpan<byte> time, out EntryTimestamp timestamp)
    {
        timestamp = default;
        if (date.Length != 10 || time.Length is < 8 or > 18)
        {
            return false;
        }

        Span<byte> text = stackalloc byte[30];
        date.CopyTo(text);
        text[10] = (byte)'T';
        time.CopyTo(text[11..]);
        text[11 + time.Length] = (byte)'Z';
        return TryRead(text[..(12 + time.Length)], out timestamp);
    }

    /// <summary>Reads HAProxy's <c>27/Nov/2026:22:00:36.098</c>, a time in <see cref="Zone"/>.</summary>
    public bool TryReadHaproxy(ReadOnlySpan<byte> text, out EntryTimestamp timestamp)
    {
        timestamp = default;
        Span<byte> combined = stackalloc byte[CombinedLength];
        " +0000"u8.CopyTo(combined[20..]);
        if (text.Length != 24 || text[20] != '.' || !TryReadInteger(text[21..], out var milliseconds))
        {
            return false;
        }

        text[..20].CopyTo(combined);
        return TryReadCombined(combined, out var wall) && TryToUtc(wall with { Nanoseconds = (int)milliseconds * 1_000_000 }, out timestamp);
    }

    private bool TryToUtc(EntryTimestamp wall, out EntryTimestamp timestamp)
    {
        timestamp = wall;
        if (Zone == TimeZoneInfo.Utc)
        {
            return true;
        }

        // A time that the clock leaves out in spring has an offset, too: the one before the change.
        var offset = Zone.GetUtcOffset(DateTime.SpecifyKind(wall.ToMicroseconds(), DateTimeKind.Unspecified));
        timestamp = wall with { UnixSeconds = wall.UnixSeconds - (long)offset.TotalSeconds };
        return timestamp.UnixSeconds is >= CivilTime.MinSeconds and <= CivilTime.MaxSeconds;
    }

    /// <summary>
    /// Reads whichever of these it is: RFC 3339, with or without a colon in its offset; the combined formats' spelling; or
    /// a number since 1970, whose digits tell whether it counts seconds (with a fraction or none), milli-, micro- or nanoseconds.
    /// </summary>
    public bool TryReadAny(ReadOnlySpan<byte> text, out EntryTimestamp timestamp)
    {
        if (text.Length == CombinedLength && text[2] == '/')
        {
            return TryReadCombined(text, out timestamp);
        }

        if (text.Length < 19 || text[4] != '-')
        {
            return TryReadNumber(text, out timestamp);
        }

        if (text[^5] is (byte)'+' or (byte)'-' && text[^3] != ':' && text.Length is >= 24 and < 40)
        {
            Span<byte> iso = stackalloc byte[40];
            text[..^2].CopyTo(iso);
            iso[text.Length - 2] = (byte)':';
            text[^2..].CopyTo(iso[(text.Length - 1)..]);
            return TryRead(iso[..(text.Length + 1)], out timestamp);
        }

        return TryRead(text, out timestamp);
    }

    private static bool TryReadNumber(ReadOnlySpan<byte> text, out EntryTimestamp timestamp)
    {
        timestamp = default;
        var point = text.IndexOf((byte)'.');
        if (!TryReadInteger(point < 0 ? text : text[..point], out var number))
        {
            return false;
        }

        var unit = (point < 0 ? text.Length : point) switch { <= 11 => 1L, <= 14 => 1_000L, <= 17 => 1_000_000L, _ => 1_000_000_000L };
        var nanoseconds = number % unit * (1_000_000_000L / unit);
        if (point >= 0 && unit == 1)
        {
            var fraction = text[(point + 1)..];
            fraction = fraction[..Math.Min(fraction.Length, 9)];
            if (!TryReadInteger(fraction, out nanoseconds))
            {
                return false;
            }

            for (var digits = fraction.Length; digits < 9; digits++)
            {
                nanoseconds *= 10;
            }
        }

        timestamp = new EntryTimestamp(number / unit, (int)nanoseconds);
        return timestamp.UnixSeconds <= CivilTime.MaxSeconds;
    }

    private static bool TryReadInteger(ReadOnlySpan<byte> text, out long number)
    {
        number = 0;
        if (text.IsEmpty || text.Length > 19 || text.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        foreach (var digit in text)
        {
            number = (number * 10) + digit - '0';
        }

        return number >= 0;
    }

    private static bool TryReadSeconds(ReadOnlySpan<byte> text, out int seconds)
    {
        var tens = text[0] - '0';
        var ones = text[1] - '0';
        seconds = (tens * 10) + ones;
        return (uint)tens < 6 && (uint)ones < 10;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // see ChunkCounter
    private static bool TryReadFraction(ReadOnlySpan<byte> text, out int nanoseconds)
    {
        nanoseconds = 0;
        if (text is [(byte)'Z'])
        {
            return true;
        }

        if (text.Length is < 3 or > 11 || text[0] != '.' || text[^1] != 'Z')
        {
            return false;
        }

        foreach (var digit in text[1..^1])
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            nanoseconds = (nanoseconds * 10) + digit - '0';
        }

        for (var digits = text.Length - 2; digits < 9; digits++)
        {
            nanoseconds *= 10;
        }

        return true;
    }
}
