using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>The newest 20 events, with all their attributes.</summary>
internal sealed class NewestPanel() : Panel("newest", "Newest events")
{
    /// <summary>How many events are shown.</summary>
    public const int MaxEvents = 20;

    private static readonly string Query = Sql.Recent() + FormattableString.Invariant(
        $"""
        SELECT *
        FROM recent
        ORDER BY event_time DESC, event_id
        LIMIT {MaxEvents}
        """);

    internal override Question Ask(EventTables tables, DateTime now)
    {
        var (from, to) = Spans.LastDay(now);
        return new Question(tables.NameIn(Query), from, to);
    }

    internal override PanelContent Shape(Answer answer, Question question) => new EventsContent(answer);

    /// <summary>Reads all columns, so it asks for a day first, and for 30 only where that day was quiet.</summary>
    internal override async Task<(Question Question, PanelContent Content)> ReadAsync(
        IAnswers answers, EventTables tables, DateTime now, CancellationToken cancellationToken)
    {
        var newest = await base.ReadAsync(answers, tables, now, cancellationToken);
        if (newest.Content.Table.Rows.Count >= MaxEvents)
        {
            return newest;
        }

        var (from, to) = Spans.LastDays(now);
        var further = newest.Question with { From = from, To = to };
        return (further, Shape(await answers.AskAsync(further, cancellationToken), further));
    }
}
