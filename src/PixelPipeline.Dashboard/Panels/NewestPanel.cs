using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>The newest 20 events of the period, with all their attributes.</summary>
internal sealed class NewestPanel() : Panel("newest", "Newest events")
{
    /// <summary>How many events are shown.</summary>
    public const int MostEvents = 20;

    private static readonly string Select = FormattableString.Invariant(
        $"""
        SELECT *
        FROM events
        ORDER BY event_time DESC, event_id
        LIMIT {MostEvents}
        """);

    private static readonly string Times = FormattableString.Invariant(
        $"""
        SELECT event_time
        FROM events
        ORDER BY event_time DESC
        LIMIT {MostEvents}
        """);

    internal override Question Ask(Asking asking) => AskSince(asking, asking.Period.From);

    internal override PanelContent Shape(Answer answer, Asking asking) => new EventsContent(answer);

    /// <summary>Reads all columns, so it asks first how far back the newest events go.</summary>
    internal override async Task<PanelContent> ReadAsync(Reading reading, CancellationToken cancellationToken)
    {
        var asking = reading.Asking;
        var times = (await reading.Answers.AskAsync(new EventQuery(asking).Ask(Times), cancellationToken)).Rows;
        var from = times.Count < MostEvents ? asking.Period.From : (DateTime)times[^1][0]!;
        return Shape(await reading.Answers.AskAsync(AskSince(asking, from), cancellationToken), asking);
    }

    private static Question AskSince(Asking asking, DateTime from) =>
        new EventQuery(asking, asking.Tables.Columns.Select(c => c.Name)) { From = from }.Ask(Select);
}
