namespace PixelPipeline.Dashboard.Panels;

/// <summary>One type's hits, day by day.</summary>
/// <param name="Type">The type; null for events without one, and for the rest.</param>
/// <param name="IsOther">True for the rest: all types that are not shown by name.</param>
/// <param name="Hits">How many hits each day had, in the order of the days.</param>
public sealed record TypeSeries(string? Type, bool IsOther, IReadOnlyList<long> Hits)
{
    /// <summary>The hits of all days.</summary>
    public long Total => Hits.Sum();
}
