namespace PixelPipeline.Dashboard.Panels;

/// <summary>The entries of the last 30 days that could not become events, by reason.</summary>
internal sealed class RejectedPanel() : CountsPanel("rejected", "Rejected entries, last 30 days", Query, "reason", "entries")
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
}
