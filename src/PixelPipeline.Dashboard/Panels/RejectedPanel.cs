using PixelPipeline.Dashboard.Readings;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>The entries of the last 30 days that could not become events, by reason.</summary>
internal sealed class RejectedPanel() : Panel("rejected", "Rejected entries, last 30 days")
{
    // As the view `rejections` counts them, which is not there before the first event is.
    private const string Query =
        """
        SELECT reason, COUNT(DISTINCT event_id) AS entries, MAX(rejected_time) AS last_time
        FROM {rejected}
        WHERE rejected_time >= @from AND rejected_time < @to AND reason != 'resolved'
        GROUP BY reason
        ORDER BY entries DESC, reason
        LIMIT 20
        """;

    internal override Question Ask(EventTables tables, DateTime now)
    {
        var (from, to) = Spans.LastDays(now);
        return new Question(tables.NameIn(Query), from, to);
    }

    internal override PanelContent Shape(Answer answer, Question question) =>
        new CountsContent("reason", "entries", [.. answer.Rows.Select(r => new NamedCount((string?)r[0], (long)r[1]!, (DateTime)r[2]!))]);
}
