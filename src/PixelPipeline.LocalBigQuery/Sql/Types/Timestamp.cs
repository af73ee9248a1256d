using System.Globalization;
using NodaTime;

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

    /// <summary>How far the zone's clocks are ahead of UTC then.</summary>
    public TimeSpan OffsetIn(DateTimeZone zone) => zone.GetUtcOffset(Instant.FromUnixTimeTicks(Micros * TimeSpan.TicksPerMicrosecond)).ToTimeSpan();

    /// <summary>Wall clock time in the zone, at the ends of time no further than they are.</summary>
    public DateTime In(DateTimeZone zone) => new(Math.Clamp(Utc.Ticks + OffsetIn(zone).Ticks, 0, DateTime.MaxValue.Ticks), DateTimeKind.Unspecified);

    /// <summary>The instant of a wall clock time: of one that comes twice the first, of one that a change of offset skips by the offset before it.</summary>
    public static Timestamp From(DateTime local, DateTimeZone zone)
    {
        var offset = zone.MapLocal(LocalDateTime.FromDateTime(local)).EarlyInterval.WallOffset;
        return Checked(((local - DateTime.UnixEpoch).Ticks - (Int128)offset.Ticks) / TimeSpan.TicksPerMicrosecond);
    }

    /// <summary>As <c>CAST(… AS STRING)</c> gives it: <c>2026-11-20 11:12:28.408747+00</c>, with 0, 3 or 6 digits of fraction.</summary>
    public override string ToString()
    {
        var fraction = Micros % 1_000_000 == 0 ? "" : Micros % 1_000 == 0 ? ".fff" : ".ffffff";
        return Utc.ToString($"yyyy-MM-dd HH:mm:ss{fraction}", CultureInfo.InvariantCulture) + "+00";
    }
}
