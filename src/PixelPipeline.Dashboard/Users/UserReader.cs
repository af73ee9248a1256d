using PixelPipeline.Dashboard.Panels;
using PixelPipeline.Dashboard.Questions;
using PixelPipeline.Dashboard.Views;

namespace PixelPipeline.Dashboard.Users;

/// <summary>Reads what the tables have of one user, from the first day on, of people and machines.</summary>
internal sealed class UserReader(IAnswers answers, TimeProvider time)
{
    /// <summary>The most events that are read.</summary>
    public const int MostEvents = 2_000;

    /// <summary>Reads.</summary>
    /// <returns>Null where there are no tables.</returns>
    public async Task<UserHistory?> ReadAsync(string user, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        if (await answers.FindTablesAsync(cancellationToken) is not { } tables)
        {
            return null;
        }

        var now = time.GetUtcNow().UtcDateTime;
        var view = new View { Zone = zone, Agents = Audience.All };
        var asking = new Asking(tables, view, Period.Of(view.Range, zone, null, now), now);
        var question = Query(asking, user, [.. tables.Columns.Select(c => c.Name)]).Ask(FormattableString.Invariant(
            $"""
            SELECT *
            FROM events
            ORDER BY event_time DESC, event_id
            LIMIT {MostEvents}
            """));
        var sums = answers.AskAsync(
            Query(asking, user, []).Ask("SELECT COUNT(*) AS total, MIN(event_time) AS first_time, MAX(event_time) AS last_time\nFROM events"), cancellationToken);
        var events = new EventsContent(await answers.AskAsync(question, cancellationToken));
        return (await sums).Rows is [var row]
            ? new UserHistory(user, (long)row[0]!, (DateTime?)row[1], (DateTime?)row[2], events, question)
            : new UserHistory(user, 0, null, null, events, question);
    }

    private static EventQuery Query(Asking asking, string user, string[] columns) =>
        new(asking, columns) { User = user, From = DateTime.UnixEpoch, To = asking.Now.Date.AddDays(2) };
}
