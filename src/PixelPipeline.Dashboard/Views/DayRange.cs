namespace PixelPipeline.Dashboard.Views;

/// <summary>Which days a page is about, in the viewer's time zone.</summary>
/// <param name="Name">As in the address: one of <see cref="Named"/>, or <c>custom</c>.</param>
/// <param name="First">The first day of a custom range; else null.</param>
/// <param name="Last">The last day of a custom range; else null.</param>
public sealed record DayRange(string Name, DateOnly? First = null, DateOnly? Last = null)
{
    /// <summary>The most days of a custom range: ten years.</summary>
    public const int MostDays = 3_653;

    /// <summary>A range by its first and last day.</summary>
    public const string Custom = "custom";

    /// <summary>The ranges that have a name, with what the page calls them, in its order.</summary>
    public static IReadOnlyDictionary<string, string> Named { get; } = new OrderedDictionary<string, string>
    {
        ["today"] = "Today",
        ["yesterday"] = "Yesterday",
        ["7d"] = "7 days",
        ["30d"] = "30 days",
        ["90d"] = "90 days",
        ["month"] = "Month",
        ["year"] = "Year",
    };

    /// <summary>What a page is about unless its address says otherwise.</summary>
    public static DayRange Default { get; } = new("30d");

    /// <summary>Its first and last day, both of them in it.</summary>
    /// <param name="today">The viewer's day.</param>
    public (DateOnly First, DateOnly Last) DaysAt(DateOnly today) => Name switch
    {
        "today" => (today, today),
        "yesterday" => (today.AddDays(-1), today.AddDays(-1)),
        "7d" => (today.AddDays(-6), today),
        "30d" => (today.AddDays(-29), today),
        "90d" => (today.AddDays(-89), today),
        "month" => (new DateOnly(today.Year, today.Month, 1), today),
        "year" => (new DateOnly(today.Year, 1, 1), today),
        _ => (First!.Value, Last!.Value),
    };
}
