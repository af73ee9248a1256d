using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>The last 60 minutes: events of each minute, and how many users there were.</summary>
internal sealed class MinutesPanel() : Panel("minutes", "Last 60 minutes")
{
    private const int Minutes = 60;

    // A user is counted once for the whole hour by the first of its events.
    private const string Select =
        """
        SELECT
          TIMESTAMP_TRUNC(event_time, MINUTE) AS minute,
          COUNT(*) AS events,
          COUNT(DISTINCT user_id) AS users,
          COUNTIF(nth = 1) AS first_seen
        FROM (SELECT event_time, user_id, ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY event_time) AS nth FROM events)
        GROUP BY minute
        ORDER BY minute
        """;

    internal override bool IsFor(Asking asking) => asking.IsGoingOn;

    internal override Question Ask(Asking asking)
    {
        var (from, to) = LastHour(asking.Now);
        return new EventQuery(asking, "user_id") { From = from, To = to }.Ask(Select);
    }

    internal override PanelContent Shape(Answer answer, Asking asking)
    {
        var (from, to) = LastHour(asking.Now);
        var counted = answer.Rows.ToDictionary(r => (DateTime)r[0]!, r => (Events: (long)r[1]!, Users: (long)r[2]!));
        var minutes = new List<MinuteCount>();
        for (var minute = from; minute < to; minute = minute.AddMinutes(1))
        {
            var (events, users) = counted.GetValueOrDefault(minute);
            minutes.Add(new MinuteCount(minute, events, users));
        }

        return new MinutesContent(minutes, answer.Rows.Sum(r => (long)r[3]!));
    }

    // The minute that now is in, and the 59 before it.
    private static (DateTime From, DateTime To) LastHour(DateTime now)
    {
        var to = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute)).AddMinutes(1);
        return (to.AddMinutes(-Minutes), to);
    }
}
