using System.Globalization;

namespace PixelPipeline.LocalBigQuery.Sql.Types;

/// <summary>A DATETIME: a wall clock time without a zone, as microseconds since 1970-01-01 00:00:00, from year 1 to year 9999.</summary>
internal readonly record struct Datetime(long Micros)
{
    /// <summary>As a DateTime without a zone.</summary>
    public DateTime Wall => DateTime.SpecifyKind(DateTime.UnixEpoch.AddTicks(Micros * TimeSpan.TicksPerMicrosecond), DateTimeKind.Unspecified);

    /// <summary>Truncated to microseconds.</summary>
    public static Datetime Of(DateTime wall) => new((wall.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond - ((wall.Ticks - DateTime.UnixEpoch.Ticks) % TimeSpan.TicksPerMicrosecond < 0 ? 1 : 0));

    /// <summary>Checks the range.</summary>
    /// <exception cref="GoogleSqlException">Outside year 1 to 9999.</exception>
    public static Datetime Checked(Int128 micros) => micros >= Timestamp.MinMicros && micros <= Timestamp.MaxMicros
        ? new((long)micros)
        : throw new GoogleSqlException("DATETIME overflow: outside the years 1 to 9999");

    /// <summary>As <c>CAST(… AS STRING)</c> gives it: <c>2026-11-20 11:12:28.408747</c>, with 0, 3 or 6 digits of fraction.</summary>
    public override string ToString() => Wall.ToString($"yyyy-MM-dd HH:mm:ss{Fraction(Micros)}", CultureInfo.InvariantCulture);

    /// <summary>As answers of the REST interface have it: <c>2026-11-20T11:12:28.408747</c>.</summary>
    public string ToIsoString() => Wall.ToString($"yyyy-MM-ddTHH:mm:ss{Fraction(Micros)}", CultureInfo.InvariantCulture);

    /// <summary>The format of as many digits of a second's fraction as a text has.</summary>
    public static string Fraction(long micros) => micros % 1_000_000 == 0 ? "" : micros % 1_000 == 0 ? ".fff" : ".ffffff";
}
