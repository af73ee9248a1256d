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

    /// <summary>Reads all columns, so it asks first how far back the newest events go: mostly not beyond a day.</summary>
    internal override async Task<PanelContent> ReadAsync(Reading reading, CancellationToken cancellationToken)
    {
        var asking = reading.Asking;
        var lastDay = (asking.IsGoingOn ? asking.Now : asking.Period.To).AddDays(-1);
        var from = (lastDay > asking.Period.From ? await OldestAsync(reading, lastDay, cancellationToken) : null)
            ?? await OldestAsync(reading, asking.Period.From, cancellationToken)
            ?? asking.Period.From;
        return Shape(await reading.Answers.AskAsync(AskSince(asking, from), cancellationToken), asking);
    }

    /// <summary>When the oldest of the newest events was; null where there are fewer since then.</summary>
    private static async Task<DateTime?> OldestAsync(Reading reading, DateTime since, CancellationToken cancellationToken)
    {
        var times = (await reading.Answers.AskAsync(new EventQuery(reading.Asking) { From = since }.Ask(Times), cancellationToken)).Rows;
        return times.Count < MostEvents ? null : (DateTime)times[^1][0]!;
    }

    private static Question AskSince(Asking asking, DateTime from) =>
        new EventQuery(asking, asking.Tables.Columns.Select(c => c.Name)) { From = from }.Ask(Select);
}
