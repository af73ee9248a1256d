using PixelPipeline.Dashboard.Views;

namespace PixelPipeline.Dashboard.Tests.Support;

/// <summary>The panels' numbers of made-up traffic, counted in plain C#: nothing of the dashboard's own counts here.</summary>
internal sealed class Expected
{
    private readonly List<TrafficEvent> _now;
    private readonly List<TrafficEvent> _before;
    private readonly Audience _agents;

    /// <summary>Counts what a view is to show.</summary>
    /// <param name="stored">What the tables hold.</param>
    /// <param name="from">The period's first instant.</param>
    /// <param name="to">Its end.</param>
    /// <param name="since">The period before.</param>
    /// <param name="until">Its end.</param>
    /// <param name="agents">Whose events.</param>
    /// <param name="isIn">The filters.</param>
    public Expected(IReadOnlyList<TrafficEvent> stored, DateTime from, DateTime to, DateTime since, DateTime until, Audience agents, Func<TrafficEvent, bool> isIn)
    {
        _agents = agents;
        _now = [.. Once(stored, from, to).Where(isIn)];
        _before = [.. Once(stored, since, from).Where(e => e.EventTime < until).Where(isIn)];
    }

    public IEnumerable<TrafficEvent> Shown => _now.Where(Counts);

    public (long Visitors, long Views, long Events) Figures => Sum(_now);

    public (long Visitors, long Views, long Events) FiguresBefore => Sum(_before);

    public (long Machines, long Everything) Machines => (_now.Count(e => !IsPerson(e)), _now.Count);

    /// <summary>The ten values that most events have, as value, events, views.</summary>
    public List<(string? Value, long Events, long Views)> Top(Func<TrafficEvent, string?> value) => Top(Shown, value);

    public List<(string? Value, long Events, long Views)> TopReferrers() => Top(
        Shown.Where(e => e.Site is null || Host(e.Referrer) != e.Site), e => Host(e.Referrer));

    public List<(string? Page, long Visitors)> Entries() =>
    [
        .. Shown.Where(e => e.Type == "view").GroupBy(e => (e.EventTime.Date, e.Visitor ?? e.UserId)).Select(g => g.MinBy(e => e.EventTime)!)
            .GroupBy(e => e.Page).Select(g => (Page: g.Key, Visitors: (long)g.Count()))
            .OrderByDescending(p => p.Visitors).ThenBy(p => p.Page, StringComparer.Ordinal).Take(10),
    ];

    public Dictionary<string, (long Events, long Users)> Mail() => _now.Where(e => e.Type == "open").GroupBy(e => e.AgentClass!)
        .ToDictionary(g => g.Key, g => ((long)g.Count(), (long)g.Select(e => e.UserId).Distinct().Count()));

    public static string? Host(string? url) => url is null ? null : new Uri(url).Host;

    private static List<(string? Value, long Events, long Views)> Top(IEnumerable<TrafficEvent> events, Func<TrafficEvent, string?> value) =>
    [
        .. events.GroupBy(value).Select(g => (Value: g.Key, Events: (long)g.Count(), Views: (long)g.Count(e => e.Type == "view")))
            .OrderByDescending(v => v.Events).ThenBy(v => v.Value, StringComparer.Ordinal).Take(10),
    ];

    // An event that was delivered twice, posted twice, or sent twice by a browser counts once.
    private static IEnumerable<TrafficEvent> Once(IEnumerable<TrafficEvent> stored, DateTime from, DateTime to) => stored
        .Where(e => e.EventTime >= from && e.EventTime < to && e.UserId != "pixel-doctor")
        .GroupBy(e => e.EventId).Select(g => g.MinBy(e => e.EventTime)!)
        .GroupBy(e => (e.UserId, e.EventTime.Date, e.HitId ?? e.EventId)).Select(g => g.OrderBy(e => e.EventTime).ThenBy(e => e.EventId, StringComparer.Ordinal).First());

    private (long, long, long) Sum(List<TrafficEvent> events)
    {
        var counted = events.Where(Counts).ToList();
        return (counted.Select(e => (e.EventTime.Date, e.Visitor ?? e.UserId)).Distinct().Count(), counted.Count(e => e.Type == "view"), counted.Count);
    }

    private bool Counts(TrafficEvent e) => _agents switch { Audience.People => IsPerson(e), Audience.Machines => !IsPerson(e), _ => true };

    private static bool IsPerson(TrafficEvent e) => e.AgentClass is null or "person" or "mail_proxy";
}
