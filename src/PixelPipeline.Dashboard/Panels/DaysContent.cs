using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>The hits of each day, by type.</summary>
/// <param name="Dates">Every day (UTC), oldest first.</param>
/// <param name="Series">At most six types, the one with most hits first, and all others as one more.</param>
public sealed record DaysContent(IReadOnlyList<DateOnly> Dates, IReadOnlyList<TypeSeries> Series) : PanelContent
{
    private static readonly string[] Columns = ["date", "type", "other", "hits"];

    /// <summary>All hits of all days.</summary>
    public long Total => Series.Sum(s => s.Total);

    /// <summary>The hits of a day, all types together.</summary>
    public long TotalOf(int day) => Series.Sum(s => s.Hits[day]);

    /// <summary>A row for each day and type; <c>other</c> is true for the rest, whose type is NULL.</summary>
    public override Answer Table =>
        new(Columns, [.. Dates.SelectMany((date, day) => Series.Select(s => new object?[] { date, s.Type, s.IsOther, s.Hits[day] }))]);
}

/// <summary>One type's hits, day by day.</summary>
/// <param name="Type">The type; null for events without one, and for the rest.</param>
/// <param name="IsOther">True for the rest: all types that are not shown by name.</param>
/// <param name="Hits">How many hits each day had, in the order of the days.</param>
public sealed record TypeSeries(string? Type, bool IsOther, IReadOnlyList<long> Hits)
{
    /// <summary>The hits of all days.</summary>
    public long Total => Hits.Sum();
}
