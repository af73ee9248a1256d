using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>Mails that were opened, told apart by who fetched the pixel.</summary>
internal sealed class MailPanel() : Panel("mail", "Mail opens")
{
    internal override bool IsFor(Asking asking) => asking.Tables.Has("agent_class");

    internal override Question Ask(Asking asking) => new EventQuery(asking, "type", "agent_class", "user_id") { OfEveryAgent = true }.Ask(
        """
        SELECT agent_class, COUNT(*) AS events, COUNT(DISTINCT user_id) AS users
        FROM events
        WHERE type = 'open'
        GROUP BY agent_class
        ORDER BY events DESC, agent_class
        """);

    internal override PanelContent Shape(Answer answer, Asking asking) => new ListContent(
        "agent_class", ["events", "users"], [.. answer.Rows.Select(r => new ListRow((string?)r[0], [(long)r[1]!, (long)r[2]!]))]);
}
