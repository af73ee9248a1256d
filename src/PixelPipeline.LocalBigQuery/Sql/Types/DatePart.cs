namespace PixelPipeline.LocalBigQuery.Sql.Types;

/// <summary>The <see href="https://cloud.google.com/bigquery/docs/reference/standard-sql/timestamp_functions#extract">date parts</see>.</summary>
internal enum DatePart
{
    Microsecond,
    Millisecond,
    Second,
    Minute,
    Hour,
    Day,
    DayOfWeek,
    DayOfYear,

    /// <summary>WEEK: from Sunday.</summary>
    Week,
    WeekMonday,
    WeekTuesday,
    WeekWednesday,
    WeekThursday,
    WeekFriday,
    WeekSaturday,
    IsoWeek,
    Month,
    Quarter,
    Year,
    IsoYear,
    Date,
}

/// <summary>The part of an INTERVAL, told from a plain part so that signatures can be.</summary>
internal readonly record struct IntervalPart(DatePart Part);

/// <summary>The date parts by name.</summary>
internal static class DateParts
{
    /// <summary>The part called so, <c>WEEK(MONDAY)</c> included, whatever its case; null when there is none.</summary>
    public static DatePart? Parse(string name) =>
        name.Equals("WEEK(SUNDAY)", StringComparison.OrdinalIgnoreCase)
            ? DatePart.Week
            : Enum.TryParse<DatePart>(name.Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal), ignoreCase: true, out var part) && char.IsLetter(name[0])
                ? part
                : null;

    /// <summary>As written in a statement.</summary>
    public static string Name(this DatePart part) =>
        part is >= DatePart.WeekMonday and <= DatePart.WeekSaturday ? $"WEEK({part.ToString()[4..].ToUpperInvariant()})" : part.ToString().ToUpperInvariant();

    /// <summary>The day a week of this part begins with; null when it is no week.</summary>
    public static DayOfWeek? WeekStart(this DatePart part) => part switch
    {
        DatePart.Week => DayOfWeek.Sunday,
        DatePart.IsoWeek => DayOfWeek.Monday,
        >= DatePart.WeekMonday and <= DatePart.WeekSaturday => DayOfWeek.Monday + (part - DatePart.WeekMonday),
        _ => null,
    };

    /// <summary>Microseconds in one such part; null when they vary.</summary>
    public static long? Micros(this DatePart part) => part switch
    {
        DatePart.Microsecond => 1,
        DatePart.Millisecond => 1_000,
        DatePart.Second => 1_000_000,
        DatePart.Minute => 60_000_000,
        DatePart.Hour => 3_600_000_000,
        DatePart.Day => 86_400_000_000,
        _ => null,
    };

    /// <summary>For a part that the function does not take.</summary>
    public static GoogleSqlException Unsupported(this DatePart part, SqlType type) =>
        new($"Not supported: the {part.Name()} date part for type {type.Name()}");
}
