using System.Globalization;

namespace PixelPipeline.Local.AccessLog;

/// <summary>
/// Names one segment of the access log by when it was opened: milliseconds since 1970 in UTC, always greater than the
/// one before, so that order holds even where the clock is set back. Its file name sorts the same way and carries the
/// date: <c>20261121T015025123Z.jsonl</c>.
/// </summary>
internal readonly record struct SegmentId(long Value) : IComparable<SegmentId>
{
    private const string NameFormat = "yyyyMMdd'T'HHmmssfff'Z'";
    private const string Extension = ".jsonl";

    /// <summary>When the segment was opened, UTC.</summary>
    public DateTimeOffset OpenedAt => DateTimeOffset.FromUnixTimeMilliseconds(Value);

    public string Name => OpenedAt.UtcDateTime.ToString(NameFormat, CultureInfo.InvariantCulture);

    public string FileName => Name + Extension;

    /// <summary>The id of a segment that is opened now.</summary>
    public static SegmentId Next(SegmentId last, DateTimeOffset now) =>
        new(Math.Max(now.ToUnixTimeMilliseconds(), last.Value + 1));

    /// <summary>False for any name that no segment has.</summary>
    public static bool TryParseName(ReadOnlySpan<char> name, out SegmentId id)
    {
        var parsed = DateTimeOffset.TryParseExact(
            name, NameFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var openedAt);
        id = new(openedAt.ToUnixTimeMilliseconds());
        return parsed;
    }

    /// <summary>False for the name of a file that is no segment.</summary>
    public static bool TryParseFileName(ReadOnlySpan<char> fileName, out SegmentId id)
    {
        id = default;
        return fileName.EndsWith(Extension, StringComparison.Ordinal)
            && TryParseName(fileName[..^Extension.Length], out id);
    }

    public int CompareTo(SegmentId other) => Value.CompareTo(other.Value);
}
