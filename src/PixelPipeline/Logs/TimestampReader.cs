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

    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    private readonly byte[] _minute = new byte[MinuteLength];
    private readonly byte[] _combined = new byte[CombinedLength];
    private long? _minuteStart; // null before the first line: then there is nothing to compare with
    private long? _combinedMinuteStart;

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

        if (!EntryTimestamp.TryParse(text, out timestamp))
        {
            return false;
        }

        if (text[^1] is (byte)'Z' or (byte)'z')
        {
            text[..MinuteLength].CopyTo(_minute);
            _minuteStart = timestamp.UnixSeconds - ((timestamp.UnixSeconds % 60) + 60) % 60;
        }

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

        Span<byte> iso = stackalloc byte[25];
        if (!TryToIso(text, iso) || !EntryTimestamp.TryParse(iso, out timestamp) || !TryReadSeconds(text[CombinedMinuteLength..], out seconds))
        {
            return false;
        }

        text.CopyTo(_combined);
        _combinedMinuteStart = timestamp.UnixSeconds - seconds;
        return true;
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

    private static bool TryToIso(ReadOnlySpan<byte> text, Span<byte> iso)
    {
        var month = Array.FindIndex(Months, MonthIs(text[3..6]));
        if (month < 0 || text[2] != '/' || text[6] != '/' || text[11] != ':' || text[20] != ' ')
        {
            return false;
        }

        "0000-00-00T"u8.CopyTo(iso);
        text[7..11].CopyTo(iso);
        iso[5] = (byte)('0' + ((month + 1) / 10));
        iso[6] = (byte)('0' + ((month + 1) % 10));
        text[..2].CopyTo(iso[8..]);
        text[12..20].CopyTo(iso[11..]);
        text[21..24].CopyTo(iso[19..]);
        iso[22] = (byte)':';
        text[24..].CopyTo(iso[23..]);
        return true;
    }

    private static Predicate<string> MonthIs(ReadOnlySpan<byte> text)
    {
        var (a, b, c) = ((char)text[0], (char)text[1], (char)text[2]);
        return month => month[0] == a && month[1] == b && month[2] == c;
    }
}
