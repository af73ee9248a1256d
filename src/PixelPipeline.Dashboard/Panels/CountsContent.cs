using PixelPipeline.Dashboard.Questions;

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

/// <summary>How often something happened, and when last.</summary>
/// <param name="Name">Whose or what it is; a stranger's text.</param>
/// <param name="Count">How often.</param>
/// <param name="LastTime">When last, UTC.</param>
public sealed record NamedCount(string? Name, long Count, DateTime LastTime);
