using PixelPipeline.Dashboard.Panels;
using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Users;

/// <summary>All that the tables have of one user.</summary>
/// <param name="User">The user id, as the address says it.</param>
/// <param name="Total">How many events there are.</param>
/// <param name="First">The first event's time, UTC; null where there is none.</param>
/// <param name="Last">The last event's time, UTC.</param>
/// <param name="Events">The newest of them, newest first, at most 2,000.</param>
/// <param name="Question">What gives the events.</param>
public sealed record UserHistory(string User, long Total, DateTime? First, DateTime? Last, EventsContent Events, Question Question)
{
    /// <summary>Their sessions, newest first.</summary>
    public IReadOnlyList<Session> Sessions { get; } = SessionsOf(Events.Events);

    private static IReadOnlyList<Session> SessionsOf(Answer events)
    {
        var (time, page) = (events.IndexOf("event_time"), events.IndexOf("page"));
        return Session.Of(events.Rows.Reverse().Select(r => ((DateTime)r[time]!, page < 0 ? null : r[page] as string)));
    }
}
