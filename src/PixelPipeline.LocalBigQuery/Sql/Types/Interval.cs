using System.Globalization;

namespace PixelPipeline.LocalBigQuery.Sql.Types;

/// <summary>An INTERVAL: months, days and microseconds, each with its own sign, in the order in which DuckDB keeps them.</summary>
internal readonly record struct Interval(int Months, int Days, long Micros)
{
    /// <summary>In the <see href="https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#interval_type">canonical format</see>: <c>1-2 3 4:5:6.789</c>.</summary>
    public override string ToString()
    {
        var micros = Int128.Abs(Micros);
        var fraction = (long)(micros % 1_000_000);
        var digits = fraction == 0 ? "" : fraction % 1000 == 0 ? $".{fraction / 1000:D3}" : $".{fraction:D6}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(Months < 0 ? "-" : "")}{Math.Abs(Months / 12)}-{Math.Abs(Months % 12)} {Days} {(Micros < 0 ? "-" : "")}{micros / 3_600_000_000}:{micros / 60_000_000 % 60}:{micros / 1_000_000 % 60}{digits}");
    }
}

/// <summary>The text of a JSON value.</summary>
internal readonly record struct Json(string Text)
{
    /// <inheritdoc/>
    public override string ToString() => Text;
}
