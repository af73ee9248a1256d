using System.Globalization;

namespace PixelPipeline.LocalBigQuery.Sql.Types;

/// <summary>A TIMESTAMP: microseconds since 1970-01-01 00:00:00 UTC, from year 1 to year 9999.</summary>
internal readonly record struct Timestamp(long Micros)
{
    /// <summary>The first microsecond of year 1.</summary>
    public const long MinMicros = -62_135_596_800_000_000;

    /// <summary>The last microsecond of year 9999.</summary>
    public const long MaxMicros = 253_402_300_799_999_999;

    /// <summary>As a UTC DateTime, exact.</summary>
    public DateTime Utc => DateTime.UnixEpoch.AddTicks(Micros * TimeSpan.TicksPerMicrosecond);

    /// <summary>The instant of a UTC DateTime, truncated to microseconds.</summary>
    public static Timestamp Of(DateTime utc) =>
        new((long)Math.Floor((utc - DateTime.UnixEpoch).Ticks / (decimal)TimeSpan.TicksPerMicrosecond));

    /// <summary>Checks the range.</summary>
    /// <exception cref="GoogleSqlException">Outside year 1 to 9999.</exception>
    public static Timestamp Checked(Int128 micros) => micros >= MinMicros && micros <= MaxMicros
        ? new((long)micros)
        : throw new GoogleSqlException("TIMESTAMP overflow: outside the years 1 to 9999");

    /// <summary>Wall clock time in the zone.</summary>
    public DateTime In(TimeZoneInfo zone) => TimeZoneInfo.ConvertTimeFromUtc(Utc, zone);

    /// <summary>The instant of a wall clock time; one that a change of offset skips counts from the offset before it.</summary>
    public static Timestamp From(DateTime local, TimeZoneInfo zone)
    {
        var wall = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        var offset = zone.IsInvalidTime(wall) ? zone.GetUtcOffset(wall.AddHours(-3)) : Offset(wall, zone);
        return Checked(((wall - DateTime.UnixEpoch).Ticks - (Int128)offset.Ticks) / TimeSpan.TicksPerMicrosecond);
    }

    /// <summary>As <c>CAST(… AS STRING)</c> gives it: <c>2026-11-20 11:12:28.408747+00</c>, with 0, 3 or 6 digits of fraction.</summary>
    public override string ToString()
    {
        var fraction = Micros % 1_000_000 == 0 ? "" : Micros % 1_000 == 0 ? ".fff" : ".ffffff";
        return Utc.ToString($"yyyy-MM-dd HH:mm:ss{fraction}", CultureInfo.InvariantCulture) + "+00";
    }

    // An hour that comes twice means its first occurrence, the one with the greater offset.
    private static TimeSpan Offset(DateTime wall, TimeZoneInfo zone) =>
        zone.IsAmbiguousTime(wall) ? zone.GetAmbiguousTimeOffsets(wall).Max() : zone.GetUtcOffset(wall);
}
