using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>The values of a dimension that most events have.</summary>
/// <param name="name">Names its files.</param>
/// <param name="title">Its heading.</param>
/// <param name="dimension">What is listed; null for the column that the address names.</param>
internal sealed class ListPanel(string name, string title, string? dimension) : Panel(name, title)
{
    /// <summary>How many values are shown.</summary>
    public const int MostValues = 10;

    internal override bool IsFor(Asking asking) => Find(asking) is not null;

    internal override Question Ask(Asking asking) => AskAll(asking, [this]);

    internal override async Task<PanelContent> ReadAsync(Reading reading, CancellationToken cancellationToken) =>
        Shape(await reading.Lists.WaitAsync(cancellationToken), reading.Asking);

    internal override PanelContent Shape(Answer answer, Asking asking) => new ListContent(
        Find(asking)!.Name,
        ["events", "views"],
        [.. answer.Rows.Where(r => (string?)r[0] == Name).Select(r => new ListRow((string?)r[1], [(long)r[2]!, (long)r[3]!]))]);

    /// <summary>
    /// The question for several lists at once: a row for each list and value, with its events and views. Each list is a set of
    /// the grouping, told from the others by a constant of its own, since a value may be NULL in any.
    /// </summary>
    internal static Question AskAll(Asking asking, IEnumerable<ListPanel> panels)
    {
        var lists = panels.Select(p => (p.Name, Dimension: p.Find(asking)!)).ToList();
        var columns = lists.Select(l => l.Dimension.Column).Append("type");
        var hasHosts = lists.Exists(l => l.Dimension.Name == Dimension.ReferrerHost);
        var hasSite = hasHosts && asking.Tables.Has("site");
        var value = hasHosts
            ? $"IF(list = '{lists.Find(l => l.Dimension.Name == Dimension.ReferrerHost).Name}', NET.HOST(value), value)"
            : "value";
        return new EventQuery(asking, hasSite ? columns.Append("site") : columns).Ask(FormattableString.Invariant(
            $"""
            SELECT list, value, events, views
            FROM (
              SELECT list, {value} AS value, SUM(events) AS events, SUM(views) AS views
              FROM (
                SELECT
                  COALESCE({Each(lists.Count, "k{0}")}) AS list,
                  COALESCE({Each(lists.Count, "v{0}")}, CAST(NULL AS STRING)) AS value,{(hasSite ? "\n      site," : "")}
                  COUNT(*) AS events,
                  COUNTIF(type = 'view') AS views
                FROM (
                  SELECT type, {(hasSite ? "site, " : "")}{string.Join(", ", lists.Select((l, i) => FormattableString.Invariant($"'{l.Name}' AS k{i}, {Raw(l.Dimension)} AS v{i}")))}
                  FROM events
                )
                GROUP BY GROUPING SETS ({string.Join(", ", lists.Select((l, i) => FormattableString.Invariant($"(k{i}, v{i}{(hasSite && l.Dimension.Name == Dimension.ReferrerHost ? ", site" : "")})")))})
              ){(hasSite ? OfOtherSites : "")}
              GROUP BY list, value
            )
            WHERE TRUE
            QUALIFY ROW_NUMBER() OVER (PARTITION BY list ORDER BY events DESC, value) <= {MostValues}
            ORDER BY list, events DESC, value
            """));
    }

    // The page before may have been one of the same site.
    private const string OfOtherSites = "\n  WHERE site IS NULL OR IFNULL(NET.HOST(value), '') != site";

    // Hosts are taken of the groups, which are few, not of each event.
    private static string Raw(Dimension dimension) => dimension.Name == Dimension.ReferrerHost ? dimension.Quoted : dimension.Text;

    private static string Each(int count, string format) =>
        string.Join(", ", Enumerable.Range(0, count).Select(i => string.Format(System.Globalization.CultureInfo.InvariantCulture, format, i)));

    private Dimension? Find(Asking asking) => asking.Tables.Find(dimension ?? asking.View.List ?? UsualColumn(asking.Tables));

    private static string UsualColumn(EventTables tables) => tables.Has("language") ? "language" : tables.ListedColumns.First();
}
