using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>The events of each minute of an hour.</summary>
/// <param name="Minutes">Every minute, oldest first.</param>
/// <param name="Users">How many users the hour had; one who came in several minutes counts once.</param>
public sealed record MinutesContent(IReadOnlyList<MinuteCount> Minutes, long Users) : PanelContent
{
    private static readonly string[] Columns = ["minute", "events", "users"];

    /// <summary>How many events the hour had.</summary>
    public long Events => Minutes.Sum(m => m.Events);

    /// <inheritdoc/>
    public override Answer Table => new(Columns, [.. Minutes.Select(m => new object?[] { m.Minute, m.Events, m.Users })]);
}

/// <summary>One minute.</summary>
/// <param name="Minute">When it begins, UTC.</param>
/// <param name="Events">How many events it had.</param>
/// <param name="Users">Of how many users.</param>
public sealed record MinuteCount(DateTime Minute, long Events, long Users);
