using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>The pages that visitors saw first on a day (UTC).</summary>
internal sealed class EntriesPanel() : Panel("entries", "Entry pages")
{
    internal override bool IsFor(Asking asking) => asking.Tables.Has("page");

    internal override Question Ask(Asking asking) =>
        new EventQuery(asking, [.. EventQuery.VisitorColumns(asking.Tables), "type", "page"]).Ask(FormattableString.Invariant(
            $"""
            SELECT page, COUNT(*) AS visitors
            FROM (
              SELECT ANY_VALUE(page HAVING MIN event_time) AS page
              FROM events
              WHERE type = 'view'
              GROUP BY DATE(event_time), {EventQuery.Visitor(asking.Tables)}
            )
            GROUP BY page
            ORDER BY visitors DESC, page
            LIMIT {ListPanel.MostValues}
            """));

    internal override async Task<PanelContent> ReadAsync(Reading reading, CancellationToken cancellationToken) =>
        Shape(await reading.Visits.WaitAsync(cancellationToken), reading.Asking);

    internal override PanelContent Shape(Answer answer, Asking asking) =>
        new ListContent("page", ["visitors"], [.. answer.Rows.Where(r => r[0] is null).Select(r => new ListRow((string?)r[2], [(long)r[3]!]))]);
}
