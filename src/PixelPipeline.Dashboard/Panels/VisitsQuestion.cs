using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>
/// What each visitor did on each day (UTC), summed up in two ways at once: to know visitors apart is most of the work of
/// either. Its rows are <c>is_now, is_entry, page, visitors, views, events, machines, everything</c>: one for the period and one
/// for that before it, whose <c>is_entry</c> is NULL; and one for each of the first pages that most visitors had, whose
/// <c>is_now</c> is NULL.
/// </summary>
internal sealed class VisitsQuestion : SummedQuestion
{
    private const int Sums = 5;

    private const string Totals =
        """
        COUNTIF(events > 0) AS visitors,
        SUM(views) AS views,
        SUM(events) AS events,
        SUM(machines) AS machines,
        SUM(everything) AS everything
        """;

    /// <inheritdoc/>
    public override Question Ask(Asking asking)
    {
        var (open, most) = asking.Open is null ? ("", ListPanel.MostValues) : ("is_open, ", MostKept);
        var page = asking.Tables.Has("page") ? "page" : "CAST(NULL AS STRING)";
        return AskOfDays(asking, ["page"], [$"ANY_VALUE({page} HAVING MIN IF(type = 'view' AND {Counts(asking)}, event_time, NULL)) AS page"], days => FormattableString.Invariant(
            $"""
            SELECT {open}is_now, is_entry, page, visitors, views, events, machines, everything
            FROM (
              SELECT
                {open}is_now,
                is_entry,
                page,
                {Indent(Totals, 16)}
              FROM (
                SELECT *, is_now AND views > 0 AS is_entry
                FROM (
                  {Indent(days, 18)}
                )
              )
              GROUP BY GROUPING SETS (({open}is_now), ({open}is_entry, page))
            )
            WHERE is_now IS NOT NULL OR is_entry
            QUALIFY ROW_NUMBER() OVER (PARTITION BY {open}is_now ORDER BY visitors DESC, page) <= {most}
            ORDER BY {open}is_now, visitors DESC, page
            """));
    }

    /// <inheritdoc/>
    public override async Task<Answer> AddAsync(Answer over, Answer open, Asking asking, Func<Question, Task<Answer>> ask) => Add(over, open) ?? await ask(Ask(asking));

    private static Answer? Add(Answer over, Answer open)
    {
        var first = Ranking.First(ListPanel.MostValues, Entries(over), Entries(open));
        var figures = over.Rows.Concat(open.Rows).Where(r => r[0] is not null).GroupBy(r => r[0])
            .Select(g => (object?[])[g.Key, null, null, .. Enumerable.Range(3, Sums).Select(i => (object)g.Sum(r => (long)r[i]!))]);
        return first is null ? null : new Answer(over.Columns, [.. first.Select(e => (object?[])[null, true, e.Value, .. e.Counts.Cast<object>()]), .. figures]);
    }

    /// <summary>The first of the two sums alone.</summary>
    public static Question AskFigures(Asking asking) => AskOfDays(asking, [], [], days =>
        $"""
        SELECT
          is_now,
          {Indent(Totals, 2)}
        FROM (
          {Indent(days, 2)}
        )
        GROUP BY is_now
        """);

    // A row for each visitor and day, of the period and of the one before it.
    private static Question AskOfDays(Asking asking, IEnumerable<string> columns, IEnumerable<string> more, Func<string, string> select)
    {
        var tables = asking.Tables;
        IEnumerable<string> read = [.. EventQuery.VisitorColumns(tables), "type", .. columns.Prepend("agent_class").Where(tables.Has)];
        var query = new EventQuery(asking, read) { OfEveryAgent = true, From = asking.Period.Since, Begin = asking.Period.From };
        string[] sums =
        [
            .. asking.Open is null ? Array.Empty<string>() : [$"{query.IsOpen} AS is_open"],
            "event_time >= @begin AS is_now",
            "DATE(event_time) AS day",
            $"{EventQuery.Visitor(tables)} AS visitor",
            $"COUNTIF({Counts(asking)}) AS events",
            $"COUNTIF(type = 'view' AND {Counts(asking)}) AS views",
            $"COUNTIF(NOT ({EventQuery.IsPerson(tables)})) AS machines",
            "COUNT(*) AS everything",
            .. more,
        ];
        var days =
            $"""
            SELECT
              {string.Join(",\n  ", sums)}
            FROM events
            WHERE event_time >= @begin OR event_time < @until
            GROUP BY {(asking.Open is null ? "" : "is_open, ")}is_now, day, visitor
            """;
        return query.Ask(select(days), new Parameter("until", asking.Period.Until));
    }

    private static Ranking Entries(Answer answer)
    {
        List<RankedValue> values = [.. answer.Rows.Where(r => r[0] is null).Select(r => new RankedValue((string?)r[2], [.. r.Skip(3).Select(c => (long)c!)]))];
        return new Ranking(values, IsCut: values.Count >= MostKept);
    }

    private static string Counts(Asking asking) => EventQuery.OfAgents(asking) ?? "TRUE";

    private static string Indent(string text, int spaces) => text.Replace("\n", "\n" + new string(' ', spaces), StringComparison.Ordinal);
}
