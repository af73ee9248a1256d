using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>The last 60 minutes: events of each minute, and how many users there were.</summary>
internal sealed class MinutesPanel() : Panel("minutes", "Last 60 minutes")
{
    // A user is counted once for the whole hour by the first of its events.
    private static readonly string Query = Sql.Counted("user_id") +
        """
        SELECT
          TIMESTAMP_TRUNC(event_time, MINUTE) AS minute,
          COUNT(*) AS events,
          COUNT(DISTINCT user_id) AS users,
          COUNTIF(nth = 1) AS first_seen
        FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY event_time) AS nth FROM recent)
        GROUP BY minute
        ORDER BY minute
        """;

    internal override Question Ask(EventTables tables, DateTime now)
    {
        var (from, to) = Spans.LastHour(now);
        return new Question(tables.NameIn(Query), from, to);
    }

    internal override PanelContent Shape(Answer answer, Question question)
    {
        var counted = answer.Rows.ToDictionary(r => (DateTime)r[0]!, r => (Events: (long)r[1]!, Users: (long)r[2]!));
        var minutes = new List<MinuteCount>();
        for (var minute = question.From; minute < question.To; minute = minute.AddMinutes(1))
        {
            var (events, users) = counted.GetValueOrDefault(minute);
            minutes.Add(new MinuteCount(minute, events, users));
        }

        return new MinutesContent(minutes, answer.Rows.Sum(r => (long)r[3]!));
    }
}
