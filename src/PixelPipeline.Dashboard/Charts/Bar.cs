namespace PixelPipeline.Dashboard.Charts;

/// <summary>One bar of a chart, of one part or of several on top of each other.</summary>
/// <param name="Title">What it says to those who point at it.</param>
/// <param name="Label">What stands below it; null where nothing does.</param>
/// <param name="Parts">From the bottom up: how much, and the number of its colour, 1 to 7.</param>
public sealed record Bar(string Title, string? Label, IReadOnlyList<(long Value, int Colour)> Parts)
{
    /// <summary>True where the label has no room on a phone.</summary>
    public bool IsWideOnly { get; init; }

    /// <summary>All parts together.</summary>
    public long Total => Parts.Sum(p => p.Value);
}
