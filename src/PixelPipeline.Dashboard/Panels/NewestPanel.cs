using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>The newest 20 events of the period, with all their attributes.</summary>
internal sealed class NewestPanel() : Panel("newest", "Newest events")
{
    /// <summary>How many events are shown.</summary>
    public const int MostEvents = 20;

    // By time first, so that all columns are read of a few rows alone.
    private static readonly string Select = FormattableString.Invariant(
        $"""
        SELECT *
        FROM events
        WHERE event_time >= (SELECT MIN(event_time) FROM (SELECT event_time FROM events ORDER BY event_time DESC LIMIT {MostEvents}))
        ORDER BY event_time DESC, event_id
        LIMIT {MostEvents}
        """);

    internal override Question Ask(Asking asking) => AskSince(asking, asking.Period.From);

    internal override PanelContent Shape(Answer answer, Asking asking) => new EventsContent(answer);

    /// <summary>Reads all columns, so it asks for a day first, and for all of them only where that one was quiet.</summary>
    internal override async Task<PanelContent> ReadAsync(Reading reading, CancellationToken cancellationToken)
    {
        var asking = reading.Asking;
        var lastDay = (asking.IsGoingOn ? asking.Now : asking.Period.To).AddDays(-1);
        if (lastDay > asking.Period.From)
        {
            var newest = await reading.Answers.AskAsync(AskSince(asking, lastDay), cancellationToken);
            if (newest.Rows.Count >= MostEvents)
            {
                return Shape(newest, asking);
            }
        }

        return await base.ReadAsync(reading, cancellationToken);
    }

    private static Question AskSince(Asking asking, DateTime from) =>
        new EventQuery(asking, asking.Tables.Columns.Select(c => c.Name)) { From = from }.Ask(Select);
}
