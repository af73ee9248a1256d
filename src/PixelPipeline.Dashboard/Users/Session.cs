namespace PixelPipeline.Dashboard.Users;

/// <summary>Events of one user with no pause of 30 minutes between them.</summary>
/// <param name="From">The first event's time, UTC.</param>
/// <param name="To">The last event's time, UTC.</param>
/// <param name="Events">How many there are.</param>
/// <param name="FirstPage">The first page among them; null where no event has one.</param>
/// <param name="LastPage">The last page among them.</param>
public sealed record Session(DateTime From, DateTime To, int Events, string? FirstPage, string? LastPage)
{
    /// <summary>The pause that ends one.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(30);

    /// <summary>The sessions of events, newest first.</summary>
    /// <param name="events">Times and pages, in the order of time.</param>
    public static IReadOnlyList<Session> Of(IEnumerable<(DateTime Time, string? Page)> events)
    {
        var sessions = new List<Session>();
        foreach (var (time, page) in events)
        {
            if (sessions is [.., var last] && time - last.To < Pause)
            {
                sessions[^1] = last with { To = time, Events = last.Events + 1, FirstPage = last.FirstPage ?? page, LastPage = page ?? last.LastPage };
            }
            else
            {
                sessions.Add(new Session(time, time, 1, page, page));
            }
        }

        sessions.Reverse();
        return sessions;
    }
}
