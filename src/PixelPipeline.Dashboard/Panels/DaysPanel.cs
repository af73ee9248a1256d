using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>The last 30 days: hits of each day by type.</summary>
internal sealed class DaysPanel() : Panel("days", "Last 30 days")
{
    /// <summary>How many types are shown by name.</summary>
    public const int MaxTypes = 6;

    // Anyone can send any type: what is not among the first six comes as one row a day.
    private static readonly string Query = Sql.Counted("type") + FormattableString.Invariant(
        $"""
        SELECT
          date,
          LEAST(place, {MaxTypes + 1}) AS shown_place,
          IF(place <= {MaxTypes}, type, NULL) AS shown_type,
          SUM(hits) AS hits
        FROM (
          SELECT date, type, hits, DENSE_RANK() OVER (ORDER BY total DESC, type) AS place
          FROM (
            SELECT date, type, hits, SUM(hits) OVER (PARTITION BY type) AS total
            FROM (SELECT DATE(event_time) AS date, type, COUNT(*) AS hits FROM recent GROUP BY date, type)
          )
        )
        GROUP BY date, shown_place, shown_type
        ORDER BY date, shown_place
        """);

    internal override Question Ask(EventTables tables, DateTime now)
    {
        var (from, to) = Spans.LastDays(now);
        return new Question(tables.NameIn(Query), from, to);
    }

    internal override PanelContent Shape(Answer answer, Question question)
    {
        var first = DateOnly.FromDateTime(question.From);
        var dates = Enumerable.Range(0, DateOnly.FromDateTime(question.To).DayNumber - first.DayNumber).Select(first.AddDays).ToList();
        var series = answer.Rows
            .GroupBy(r => (long)r[1]!)
            .OrderBy(g => g.Key)
            .Select(g => new TypeSeries((string?)g.First()[2], IsOther: g.Key > MaxTypes, HitsOf(g, dates)));
        return new DaysContent(dates, [.. series]);
    }

    private static long[] HitsOf(IEnumerable<IReadOnlyList<object?>> rows, List<DateOnly> dates)
    {
        var hits = rows.ToDictionary(r => (DateOnly)r[0]!, r => (long)r[3]!);
        return [.. dates.Select(d => hits.GetValueOrDefault(d))];
    }
}
