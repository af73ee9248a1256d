namespace PixelPipeline.Dashboard.Panels;

/// <summary>The ten users with most events in the last 30 days.</summary>
internal sealed class UsersPanel() : CountsPanel("users", "Most active users, last 30 days", Query, "user_id", "events")
{
    private static readonly string Query = Sql.Counted("user_id") +
        """
        SELECT user_id, COUNT(*) AS events, MAX(event_time) AS last_time
        FROM recent
        GROUP BY user_id
        ORDER BY events DESC, user_id
        LIMIT 10
        """;
}
