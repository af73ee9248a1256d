using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>The values of a dimension that most events have.</summary>
/// <param name="name">Names its files.</param>
/// <param name="title">Its heading.</param>
/// <param name="dimension">What is listed; null for the column that the address names.</param>
internal sealed class ListPanel(string name, string title, string? dimension) : Panel(name, title)
{
    /// <summary>How many values are shown.</summary>
    public const int MostValues = 10;

    internal override bool IsFor(Asking asking) => Find(asking) is not null;

    internal override Question Ask(Asking asking) => ListsQuestion.Of(asking, [this]);

    internal override async Task<PanelContent> ReadAsync(Reading reading, CancellationToken cancellationToken) =>
        Shape(await reading.Lists.WaitAsync(cancellationToken), reading.Asking);

    internal override PanelContent Shape(Answer answer, Asking asking) => new ListContent(
        Find(asking)!.Name,
        ["events", "views"],
        [.. answer.Rows.Where(r => (string?)r[0] == Name).Select(r => new ListRow((string?)r[1], [(long)r[2]!, (long)r[3]!]))]);

    /// <summary>What is listed; null where events have no such column.</summary>
    internal Dimension? Find(Asking asking) => asking.Tables.Find(dimension ?? asking.View.List ?? UsualColumn(asking.Tables));

    private static string UsualColumn(EventTables tables) => tables.Has("language") ? "language" : tables.ListedColumns.First();
}
