using System.Globalization;

namespace PixelPipeline.LocalBigQuery.Tests.Sql.Reference;

/// <summary>What the analysts' questions have for an answer, computed from the same rows without SQL.</summary>
internal static class AnalystAnswers
{
    private static readonly IReadOnlyList<AnalystEvent> E = AnalystEvents.All;
    private static readonly IReadOnlyList<(string Suffix, AnalystEvent Event)> Wildcard = [.. AnalystEvents.BySuffix.SelectMany(t => t.Value.Select(e => (t.Key, e)))];

    /// <summary>By the question's name.</summary>
    public static IReadOnlyDictionary<string, AnalystAnswer> All { get; } = new Dictionary<string, AnalystAnswer>
    {
        ["sessions LAG"] = AnalystAnswer.Top(5, 1, Users().Select(u => $"{u.Key}|{Sessions(u).Count}")),
        ["session ids by SUM OVER"] = AnalystAnswer.Top(5, 2, Users().SelectMany(u => Sessions(u).Select((s, i) => $"{u.Key}|{i + 1}|{s.Count}|{s[0].Micros}"))),
        ["funnel by MIN(IF)"] = Rows($"{Users().Count()}|{Users().Count(u => First(u, "click") > First(u, "open"))}|{Users().Count(u => First(u, "buy") > First(u, "click"))}"),
        ["funnel by LEFT JOINs"] = Rows($"{Users().Count(u => First(u, "open") is not null)}|{Users().Count(u => u.Any(b => b.Type == "buy" && b.Time > First(u, "open")))}"),
        ["retention cohort"] = Of(E.Select(e => (Cohort: Monday(Users().Single(u => u.Key == e.User).Min(x => x.Day)), Week: Monday(e.Day), e.User)).Distinct()
            .GroupBy(x => (x.Cohort, Weeks: (x.Week.DayNumber - x.Cohort.DayNumber) / 7)).Select(g => $"{Date(g.Key.Cohort)}|{g.Key.Weeks}|{g.Count()}")),
        ["top-N per group QUALIFY"] = Of(E.GroupBy(e => (e.Type, e.Referer)).GroupBy(g => g.Key.Type)
            .SelectMany(t => t.OrderByDescending(g => g.Count()).ThenBy(g => g.Key.Referer, StringComparer.Ordinal).Take(2)).Select(g => $"{g.Key.Type}|{g.Key.Referer}|{g.Count()}")),
        ["top-N by ARRAY_AGG LIMIT"] = Of(E.GroupBy(e => e.Type).Select(g => $"{g.Key}|[{string.Join(',', g.OrderByDescending(e => e.Time).Take(3).Select(e => e.Referer))}]")),
        ["de-dup QUALIFY"] = Rows($"{E.DistinctBy(e => e.EventId).Count()}"),
        ["pivot by SUM(IF)"] = Of(Days().Select(d => $"{Date(d.Key)}|{d.Count(e => e.Type == "open")}|{d.Count(e => e.Type == "click")}")),
        ["PIVOT"] = Of(Users().Select(u => $"{u.Key}|{u.Count(e => e.Type == "open")}|{u.Count(e => e.Type == "click")}")),
        ["ARRAY_AGG of STRUCT"] = AnalystAnswer.Some(3, Users().Select(u => $"{u.Key}|[{string.Join(',', ByTime(u).Select(e => $"({e.Type},{e.Micros})"))}]")),
        ["STRING_AGG ordered path"] = AnalystAnswer.Some(3, Users().Select(u => $"{u.Key}|{string.Join(" > ", ByTime(u).Select(e => e.Type))}")),
        ["GENERATE_DATE_ARRAY gap filling"] = Of(Enumerable.Range(1, 7).Select(d => $"2026-10-0{d}|0")),
        ["UNNEST literal array"] = Rows("1", "2", "3"),
        ["UNNEST WITH OFFSET"] = Rows("a|0", "b|1"),
        ["SPLIT + UNNEST"] = Counted(E.SelectMany(e => e.Referer.Split('/'))),
        ["SPLIT OFFSET"] = Counted(E.Select(Host)),
        ["host by REGEXP_EXTRACT"] = Counted(E.Select(Host)),
        ["NET.HOST"] = Counted(E.Select(Host)),
        ["utm by REGEXP_EXTRACT"] = Counted(E.Select(e => e.Referer[^2..])),
        ["APPROX_QUANTILES"] = AnalystAnswer.That(rows => AreQuantiles(rows.Single().Trim('[', ']').Split(','), [0, 0.25, 0.5, 0.75, 1])),
        ["APPROX_QUANTILES OFFSET"] = AnalystAnswer.That(rows => AreQuantiles([rows.Single()], [0.95])),
        ["PERCENTILE_CONT"] = Rows(Number(Median([.. E.Select(e => (double)e.Referer.Length).Order()]))),
        ["APPROX_TOP_COUNT"] = AnalystAnswer.That(rows => rows.Single().Trim('[', ']').Split("),").Select(r => r.Trim('(', ')')).ToHashSet().SetEquals(E.GroupBy(e => e.Type).Select(g => $"{g.Key},{g.Count()}"))),
        ["STDDEV"] = Rows(Number(Deviation([.. E.Select(e => (double)e.Referer.Length)]))),
        ["STRUCT"] = Rows("1"),
        ["JSON_VALUE of a STRING"] = Rows("1"),
        ["JSON_EXTRACT_SCALAR"] = Rows("1"),
        ["PARSE_TIMESTAMP"] = Rows("1795132800000000"),
        ["PARSE_DATE of suffix"] = Rows("2026-11-20"),
        ["DATETIME"] = AnalystAnswer.Some(1, E.Select(e => e.Time.AddHours(1).ToString("s", CultureInfo.InvariantCulture))),
        ["DATETIME_TRUNC"] = Rows("2026-11-20T01:00:00"),
        ["TIME"] = AnalystAnswer.Some(1, E.Select(e => e.Time.ToString("HH:mm:ss", CultureInfo.InvariantCulture))),
        ["day in a zone"] = Counted(E.Select(e => Date(DateOnly.FromDateTime(e.Time.AddHours(-5))))),
        ["hour of day"] = Counted(E.Select(e => $"{e.Time.AddHours(1).Hour}")),
        ["weekday names"] = Counted(E.Select(e => $"{e.Time.DayOfWeek}")),
        ["INTERSECT DISTINCT"] = Of(WhoDid("open").Intersect(WhoDid("buy"))),
        ["EXCEPT DISTINCT"] = Of(WhoDid("open").Except(WhoDid("buy"))),
        ["FULL JOIN"] = AnalystAnswer.Some(3, WhoDid("open").Union(WhoDid("buy")).Select(u => $"{(WhoDid("open").Contains(u) ? u : "NULL")}|{(WhoDid("buy").Contains(u) ? u : "NULL")}")),
        ["RIGHT JOIN"] = AnalystAnswer.Some(1, E.Select(e => e.User)),
        ["anti join NOT EXISTS"] = Rows($"{WhoDid("open").Except(WhoDid("buy")).Count()}"),
        ["ROLLUP"] = Of([
            .. E.GroupBy(e => (e.Day, e.Type)).Select(g => $"{Date(g.Key.Day)}|{g.Key.Type}|{g.Count()}"),
            .. Days().Select(g => $"{Date(g.Key)}|NULL|{g.Count()}"), $"NULL|NULL|{E.Count}"]),
        ["GROUP BY ALL"] = Counted(E.Select(e => e.Type)),
        ["running total"] = Of(Days().Select(d => $"{Date(d.Key)}|{d.Count()}|{E.Count(e => e.Day <= d.Key)}")),
        ["7-day moving average"] = Of(Days().Select((d, i) => $"{Date(d.Key)}|{Number(Days().Skip(Math.Max(0, i - 6)).Take(Math.Min(i, 6) + 1).Average(x => x.Count()))}")),
        ["7-day RANGE by UNIX_DATE"] = Of(Days().Select(d => $"{Date(d.Key)}|{E.Count(e => e.Day <= d.Key && e.Day >= d.Key.AddDays(-6))}")),
        ["share of total"] = Of(E.GroupBy(e => e.Type).Select(g => $"{g.Key}|{Number((double)g.Count() / E.Count)}")),
        ["week over week LAG"] = Of(Weeks().Select((w, i) => $"{Micros(w.Key)}|{w.Count}|{(i == 0 ? "NULL" : Number((double)(w.Count - Weeks()[i - 1].Count) / Weeks()[i - 1].Count))}")),
        ["last touch LAST_VALUE IGNORE NULLS"] = AnalystAnswer.Some(3, E.Select(e => $"{e.User}|{e.Referer}")),
        ["named window"] = AnalystAnswer.Some(1, Users().SelectMany(u => u.Select((_, i) => $"{u.Key}|{i + 1}"))),
        ["DAU/WAU join on dates"] = Of(Days().Select(d => $"{Date(d.Key)}|{E.Where(e => e.Day <= d.Key && e.Day >= d.Key.AddDays(-6)).DistinctBy(e => e.User).Count()}")),
        ["scripting DECLARE"] = Rows($"{E.Count(e => e.Day == new DateOnly(2026, 11, 20))}"),
        ["DELETE"] = AnalystAnswer.Changing(0, "SELECT COUNT(*) FROM pixels.ev", $"{E.Count}"),
        ["UPDATE"] = AnalystAnswer.Changing(0, "SELECT COUNTIF(type = 'x') FROM pixels.ev", "0"),
        ["MERGE"] = AnalystAnswer.Changing(10, "SELECT COUNT(*), COUNTIF(event_id LIKE 'xe%') FROM pixels.ev", $"{E.Count + 10}|10"),
        ["INSERT SELECT"] = AnalystAnswer.Changing(10, "SELECT COUNT(*), COUNT(DISTINCT event_id) FROM pixels.ev WHERE event_id LIKE 'xe%'", "20|10"),
        ["CREATE TABLE AS"] = AnalystAnswer.Changing(null, "SELECT * FROM pixels.x", "1"),
        ["CREATE VIEW"] = AnalystAnswer.Changing(null, "SELECT * FROM pixels.vw", "1"),
        ["CREATE TEMP FUNCTION"] = Rows("2"),
        ["INFORMATION_SCHEMA.TABLES"] = Rows("ev", "pixel", "pixel_c0_20261120", "pixel_c1_20261121"),
        ["__TABLES__"] = AnalystAnswer.That(rows => rows.Select(r => r.Split('|')).Select(r => $"{r[2]} {r[5]}").ToHashSet().SetEquals(["pixel 0", $"ev {E.Count}", "pixel_c0_20261120 10", "pixel_c1_20261121 5"])),
        ["wildcard"] = Counted(Wildcard.Select(w => w.Suffix)),
        ["_TABLE_SUFFIX BETWEEN"] = Rows("15"),
        ["_TABLE_SUFFIX with FORMAT_DATE"] = Rows("5"),
        ["_TABLE_SUFFIX RIGHT"] = Counted(Wildcard.Select(w => w.Suffix[^8..])),
        ["union of tables"] = Of(Wildcard.Select(w => w.Event.Row)),
        ["WITH RECURSIVE"] = Rows("1", "2", "3"),
        ["TABLESAMPLE"] = AnalystAnswer.That(rows => int.Parse(rows.Single(), CultureInfo.InvariantCulture) is var n && n >= 0 && n <= E.Count),
        ["FARM_FINGERPRINT sampling"] = AnalystAnswer.That(rows => int.Parse(rows.Single(), CultureInfo.InvariantCulture) is var n && SumsOfUsers().Contains(n)),
        ["FORMAT"] = Rows("12.35%"),
        ["IN UNNEST literal"] = Rows($"{E.Count(e => e.Type is "open" or "buy")}"),
        ["LIKE ANY"] = Rows($"{E.Count(e => e.Referer.EndsWith("cart", StringComparison.Ordinal) || e.Referer.EndsWith("home", StringComparison.Ordinal))}"),
        ["table alias struct count"] = Rows($"{E.DistinctBy(e => (e.User, e.Type)).Count()}"),
        ["SELECT expression star"] = Rows(E.MinBy(e => e.Time)!.Row.Replace("|agent|", "|", StringComparison.Ordinal)),
        ["RAND sample"] = AnalystAnswer.Some(1, E.Select(e => e.EventId)),
        ["ANY_VALUE HAVING MAX"] = AnalystAnswer.Some(1, Users().Select(u => $"{u.Key}|{u.MaxBy(e => e.Time)!.Type}")),
        ["COUNT DISTINCT IF"] = Rows($"{WhoDid("buy").Count()}"),
        ["SAFE_CAST of text"] = Rows("NULL"),
    };

    private static AnalystAnswer Rows(params string[] rows) => AnalystAnswer.All(rows);

    private static AnalystAnswer Of(IEnumerable<string> rows) => AnalystAnswer.All(rows);

    private static AnalystAnswer Counted(IEnumerable<string> values) => Of(values.GroupBy(v => v).Select(g => $"{g.Key}|{g.Count()}"));

    private static IEnumerable<IGrouping<string, AnalystEvent>> Users() => E.GroupBy(e => e.User);

    private static IOrderedEnumerable<IGrouping<DateOnly, AnalystEvent>> Days() => E.GroupBy(e => e.Day).OrderBy(g => g.Key);

    private static List<(DateOnly Key, int Count)> Weeks() => [.. E.GroupBy(e => Monday(e.Day)).OrderBy(g => g.Key).Select(g => (g.Key, g.Count()))];

    private static IEnumerable<AnalystEvent> ByTime(IEnumerable<AnalystEvent> events) => events.OrderBy(e => e.Time);

    private static IEnumerable<string> WhoDid(string type) => E.Where(e => e.Type == type).Select(e => e.User).Distinct();

    private static DateTime? First(IEnumerable<AnalystEvent> events, string type) => events.Where(e => e.Type == type).Select(e => (DateTime?)e.Time).Min();

    // Visits: 30 minutes and what is left of a minute apart.
    private static List<List<AnalystEvent>> Sessions(IEnumerable<AnalystEvent> events)
    {
        List<List<AnalystEvent>> sessions = [];
        foreach (var e in ByTime(events))
        {
            if (sessions.Count == 0 || e.Time - sessions[^1][^1].Time >= TimeSpan.FromMinutes(31))
            {
                sessions.Add([]);
            }

            sessions[^1].Add(e);
        }

        return sessions;
    }

    private static string Host(AnalystEvent e) => new Uri(e.Referer).Host;

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private static long Micros(DateOnly day) => (day.ToDateTime(default) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private static string Date(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static double Median(double[] sorted) => sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;

    private static double Deviation(double[] values) => Math.Sqrt(values.Sum(v => Math.Pow(v - values.Average(), 2)) / (values.Length - 1));

    // As many rows are below each as its share says, give or take one.
    private static bool AreQuantiles(string[] values, double[] shares) => values.Length == shares.Length && values.Zip(shares).All(pair =>
    {
        var length = int.Parse(pair.First, CultureInfo.InvariantCulture);
        return E.Count(e => e.Referer.Length < length) <= (pair.Second * E.Count) + 1 && E.Count(e => e.Referer.Length <= length) >= (pair.Second * E.Count) - 1;
    });

    // A sample by user has all rows of each user or none.
    private static HashSet<int> SumsOfUsers() => Users().Aggregate(new HashSet<int> { 0 }, (sums, user) => [.. sums, .. sums.Select(s => s + user.Count())]);
}
