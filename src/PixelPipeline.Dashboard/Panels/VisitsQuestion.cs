using PixelPipeline.Dashboard.Questions;
using PixelPipeline.Dashboard.Views;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>
/// What each visitor did on each day (UTC), summed up in two ways at once: to know visitors apart is most of the work of
/// either. Its rows are <c>is_now, is_entry, page, visitors, views, events, machines, everything</c>: one for the period and one
/// for that before it, whose <c>is_entry</c> is NULL; and one for each of the first pages that most visitors had, whose
/// <c>is_now</c> is NULL.
/// </summary>
internal static class VisitsQuestion
{
    /// <summary>The question.</summary>
    public static Question Ask(Asking asking)
    {
        var tables = asking.Tables;
        var person = EventQuery.IsPerson(tables);
        var counts = asking.View.Agents switch { Audience.People => person, Audience.Machines => $"NOT ({person})", _ => "TRUE" };
        var page = tables.Has("page") ? "page" : "CAST(NULL AS STRING)";
        IEnumerable<string> columns = [.. EventQuery.VisitorColumns(tables), "type", .. ((string[])["agent_class", "page"]).Where(tables.Has)];
        return new EventQuery(asking, columns) { OfEveryAgent = true, From = asking.Period.Since, Begin = asking.Period.From }.Ask(
            FormattableString.Invariant($"""
            SELECT is_now, is_entry, page, visitors, views, events, machines, everything
            FROM (
              SELECT
                is_now,
                is_entry,
                page,
                COUNTIF(events > 0) AS visitors,
                SUM(views) AS views,
                SUM(events) AS events,
                SUM(machines) AS machines,
                SUM(everything) AS everything
              FROM (
                SELECT *, is_now AND views > 0 AS is_entry
                FROM (
                  SELECT
                    event_time >= @begin AS is_now,
                    DATE(event_time) AS day,
                    {EventQuery.Visitor(tables)} AS visitor,
                    COUNTIF({counts}) AS events,
                    COUNTIF(type = 'view' AND {counts}) AS views,
                    COUNTIF(NOT ({person})) AS machines,
                    COUNT(*) AS everything,
                    ANY_VALUE({page} HAVING MIN IF(type = 'view' AND {counts}, event_time, NULL)) AS page
                  FROM events
                  WHERE event_time >= @begin OR event_time < @until
                  GROUP BY is_now, day, visitor
                )
              )
              GROUP BY GROUPING SETS ((is_now), (is_entry, page))
            )
            WHERE is_now IS NOT NULL OR is_entry
            QUALIFY ROW_NUMBER() OVER (PARTITION BY is_now ORDER BY visitors DESC, page) <= {ListPanel.MostValues}
            ORDER BY is_now, visitors DESC, page
            """),
            new Parameter("until", asking.Period.Until));
    }

    /// <summary>The sums of the period, or of the one before it.</summary>
    public static Figures FiguresOf(Answer visits, bool isNow) => visits.Rows.FirstOrDefault(r => r[0] is bool now && now == isNow) is { } row
        ? new Figures((long)row[3]!, (long)row[4]!, (long)row[5]!, (long)row[6]!, (long)row[7]!)
        : new Figures(0, 0, 0, 0, 0);

    /// <summary>The first pages, and the visitors of each.</summary>
    public static ListContent EntriesOf(Answer visits) =>
        new("page", ["visitors"], [.. visits.Rows.Where(r => r[0] is null).Select(r => new ListRow((string?)r[2], [(long)r[3]!]))]);
}
