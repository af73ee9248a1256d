using PixelPipeline.Dashboard.Readings;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>The ten users with most events in the last 30 days.</summary>
internal sealed class UsersPanel() : Panel("users", "Most active users, last 30 days")
{
    private static readonly string Query = Sql.Recent("event_time, user_id") +
        """
        SELECT user_id, COUNT(*) AS events, MAX(event_time) AS last_time
        FROM recent
        GROUP BY user_id
        ORDER BY events DESC, user_id
        LIMIT 10
        """;

    internal override Question Ask(EventTables tables, DateTime now)
    {
        var (from, to) = Spans.LastDays(now);
        return new Question(tables.NameIn(Query), from, to);
    }

    internal override PanelContent Shape(Answer answer, Question question) =>
        new CountsContent("user_id", "events", [.. answer.Rows.Select(r => new NamedCount((string?)r[0], (long)r[1]!, (DateTime)r[2]!))]);
}
