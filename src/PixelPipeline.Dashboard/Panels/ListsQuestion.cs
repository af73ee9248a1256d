using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>
/// The lists of a page, of one scan: <c>list, value, events, views</c>, the values with most events of each. Each list is a set of
/// the grouping, told from the others by a constant of its own, since a value may be NULL in any.
/// </summary>
internal sealed class ListsQuestion : SummedQuestion
{
    // The page before may have been one of the same site.
    private const string OfOtherSites = "\n  WHERE site IS NULL OR IFNULL(NET.HOST(value), '') != site";

    /// <inheritdoc/>
    public override Question Ask(Asking asking) => Of(asking, Panel.All.OfType<ListPanel>().Where(p => p.IsFor(asking)));

    /// <summary>Only the lists that cannot be told are asked for anew.</summary>
    public override async Task<Answer> AddAsync(Answer over, Answer open, Asking asking, Func<Question, Task<Answer>> ask)
    {
        var sums = Lists(over, open);
        var told = Rows(sums);
        var others = Panel.All.OfType<ListPanel>().Where(p => sums.TryGetValue(p.Name, out var first) && first is null).ToList();
        return others.Count == 0 ? told : new Answer(told.Columns, [.. told.Rows, .. (await ask(Of(asking, others))).Rows]);
    }

    /// <summary>The question for some of the lists.</summary>
    public static Question Of(Asking asking, IEnumerable<ListPanel> panels)
    {
        var lists = panels.Select(p => (p.Name, Dimension: p.Find(asking)!)).ToList();
        var columns = lists.Select(l => l.Dimension.Column).Append("type");
        var hasHosts = lists.Exists(l => l.Dimension.Name == Dimension.ReferrerHost);
        var hasSite = hasHosts && asking.Tables.Has("site");
        var value = hasHosts
            ? $"IF(list = '{lists.Find(l => l.Dimension.Name == Dimension.ReferrerHost).Name}', NET.HOST(value), value)"
            : "value";
        var query = new EventQuery(asking, hasSite ? columns.Append("site") : columns);
        var (open, isOpen, most) = asking.Open is null ? ("", "", ListPanel.MostValues) : ("is_open, ", $"{query.IsOpen} AS is_open, ", MostKept);
        return query.Ask(FormattableString.Invariant(
            $"""
            SELECT {open}list, value, events, views
            FROM (
              SELECT {open}list, {value} AS value, SUM(events) AS events, SUM(views) AS views
              FROM (
                SELECT
                  {open}COALESCE({Each(lists.Count, "k{0}")}) AS list,
                  COALESCE({Each(lists.Count, "v{0}")}, CAST(NULL AS STRING)) AS value,{(hasSite ? "\n      site," : "")}
                  COUNT(*) AS events,
                  COUNTIF(type = 'view') AS views
                FROM (
                  SELECT {isOpen}type, {(hasSite ? "site, " : "")}{string.Join(", ", lists.Select((l, i) => FormattableString.Invariant($"'{l.Name}' AS k{i}, {Raw(l.Dimension)} AS v{i}")))}
                  FROM events
                )
                GROUP BY GROUPING SETS ({string.Join(", ", lists.Select((l, i) => FormattableString.Invariant($"({open}k{i}, v{i}{(hasSite && l.Dimension.Name == Dimension.ReferrerHost ? ", site" : "")})")))})
              ){(hasSite ? OfOtherSites : "")}
              GROUP BY {open}list, value
            )
            WHERE TRUE
            QUALIFY ROW_NUMBER() OVER (PARTITION BY {open}list ORDER BY events DESC, value) <= {most}
            ORDER BY {open}list, events DESC, value
            """));
    }

    private static Dictionary<string, IReadOnlyList<RankedValue>?> Lists(Answer over, Answer open)
    {
        var (ofOver, ofOpen) = (over.Rows.ToLookup(List), open.Rows.ToLookup(List));
        return over.Rows.Concat(open.Rows).Select(List).Distinct().ToDictionary(l => l, l => Ranking.First(ListPanel.MostValues, Rank(ofOver[l]), Rank(ofOpen[l])));
    }

    private static Answer Rows(Dictionary<string, IReadOnlyList<RankedValue>?> lists) =>
        new(["list", "value", "events", "views"], [.. lists.SelectMany(l => (l.Value ?? []).Select(v => new object?[] { l.Key, v.Value, v.Counts[0], v.Counts[1] }))]);

    private static string List(IReadOnlyList<object?> row) => (string)row[0]!;

    private static Ranking Rank(IEnumerable<IReadOnlyList<object?>> rows)
    {
        List<RankedValue> values = [.. rows.Select(r => new RankedValue((string?)r[1], [(long)r[2]!, (long)r[3]!]))];
        return new Ranking(values, IsCut: values.Count >= MostKept);
    }

    // Hosts are taken of the groups, which are few, not of each event.
    private static string Raw(Dimension dimension) => dimension.Name == Dimension.ReferrerHost ? dimension.Quoted : dimension.Text;

    private static string Each(int count, string format) =>
        string.Join(", ", Enumerable.Range(0, count).Select(i => string.Format(System.Globalization.CultureInfo.InvariantCulture, format, i)));
}
