using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>The entries of the period that could not become events, by reason.</summary>
internal sealed class RejectedPanel() : Panel("rejected", "Rejected entries")
{
    // As the view `rejections` counts them, which is not there before the first event is.
    internal override Question Ask(Asking asking) => new(
        $"""
        SELECT reason, COUNT(DISTINCT event_id) AS entries
        FROM {asking.Tables.Rejected}
        WHERE rejected_time >= @from AND rejected_time < @to AND reason != 'resolved'
        GROUP BY reason
        ORDER BY entries DESC, reason
        LIMIT 20
        """,
        [new("from", asking.Period.From), new("to", asking.Period.To)]);

    internal override PanelContent Shape(Answer answer, Asking asking) =>
        new ListContent("reason", ["entries"], [.. answer.Rows.Select(r => new ListRow((string?)r[0], [(long)r[1]!]))]);
}
