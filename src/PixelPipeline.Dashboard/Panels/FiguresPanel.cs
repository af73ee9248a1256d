using PixelPipeline.Dashboard.Questions;
using PixelPipeline.Dashboard.Views;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>Visitors, views and events, beside those of the period before, and the machines' share of all events.</summary>
internal sealed class FiguresPanel() : Panel("figures", "In all")
{
    internal override Question Ask(Asking asking)
    {
        var person = EventQuery.IsPerson(asking.Tables);
        var counts = asking.View.Agents switch { Audience.People => person, Audience.Machines => $"NOT ({person})", _ => "TRUE" };
        IEnumerable<string> agent = asking.Tables.Has("agent_class") ? ["agent_class"] : [];
        return new EventQuery(asking, [.. EventQuery.VisitorColumns(asking.Tables), "type", .. agent]) { OfEveryAgent = true, From = asking.Period.Since, Begin = asking.Period.From }.Ask(
            $"""
            SELECT
              is_now,
              COUNTIF(events > 0) AS visitors,
              SUM(views) AS views,
              SUM(events) AS events,
              SUM(machines) AS machines,
              SUM(everything) AS everything
            FROM (
              SELECT
                event_time >= @begin AS is_now,
                DATE(event_time) AS day,
                {EventQuery.Visitor(asking.Tables)} AS visitor,
                COUNTIF({counts}) AS events,
                COUNTIF(type = 'view' AND {counts}) AS views,
                COUNTIF(NOT ({person})) AS machines,
                COUNT(*) AS everything
              FROM events
              WHERE event_time >= @begin OR event_time < @until
              GROUP BY is_now, day, visitor
            )
            GROUP BY is_now
            """,
            new Parameter("until", asking.Period.Until));
    }

    internal override async Task<PanelContent> ReadAsync(Reading reading, CancellationToken cancellationToken)
    {
        var visits = await reading.Visits.WaitAsync(cancellationToken);
        return new FiguresContent(VisitsQuestion.FiguresOf(visits, isNow: true), VisitsQuestion.FiguresOf(visits, isNow: false));
    }

    internal override PanelContent Shape(Answer answer, Asking asking)
    {
        Figures Of(bool isNow) => answer.Rows.FirstOrDefault(r => (bool)r[0]! == isNow) is { } row
            ? new Figures((long)row[1]!, (long)row[2]!, (long)row[3]!, (long)row[4]!, (long)row[5]!)
            : new Figures(0, 0, 0, 0, 0);
        return new FiguresContent(Of(true), Of(false));
    }
}
