using PixelPipeline.Dashboard.Readings;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>A list of counts, the largest first.</summary>
/// <param name="NameColumn">What is counted by, as a column: <c>user_id</c>.</param>
/// <param name="CountColumn">What is counted, as a column: <c>events</c>.</param>
/// <param name="Counts">The counts.</param>
public sealed record CountsContent(string NameColumn, string CountColumn, IReadOnlyList<NamedCount> Counts) : PanelContent
{
    /// <inheritdoc/>
    public override Answer Table =>
        new([NameColumn, CountColumn, "last_time"], [.. Counts.Select(c => new object?[] { c.Name, c.Count, c.LastTime })]);
}
