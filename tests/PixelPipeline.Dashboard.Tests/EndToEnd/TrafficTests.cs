using Google.Cloud.BigQuery.V2;
using Microsoft.Extensions.Logging.Abstractions;
using PixelPipeline.Dashboard.Panels;
using PixelPipeline.Dashboard.Snapshots;
using PixelPipeline.Dashboard.Tests.Support;
using PixelPipeline.Dashboard.Views;
using PixelPipeline.GoogleCloud.BigQuery;

namespace PixelPipeline.Dashboard.Tests.EndToEnd;

/// <summary>Every panel's numbers over 100,000 events, beside an independent count.</summary>
internal sealed class TrafficTests
{
    private readonly Repetitions _repetitions = new();
    private LocalEvents _events = null!;
    private List<TrafficEvent> _stored = null!;

    private static IEnumerable<TestCaseData> Views()
    {
        var all = new View { Zone = TimeZoneInfo.Utc };
        yield return Case("usual", all, _ => true);
        yield return Case("7 days in Berlin", all with { Range = new("7d"), Zone = DashboardOptions.FindTimeZone("Europe/Berlin")!, IsUsualZone = false }, _ => true);
        yield return Case("yesterday by the hour in Nepal", all with { Range = new("yesterday"), Zone = DashboardOptions.FindTimeZone("Asia/Kathmandu")!, IsUsualZone = false }, _ => true);
        yield return Case("today", all with { Range = new("today") }, _ => true);
        yield return Case("month by week", all with { Range = new("month"), Grain = Grain.Week }, _ => true);
        yield return Case("custom", all with { Range = new("custom", new(2026, 10, 3), new(2026, 11, 2)) }, _ => true);
        yield return Case("machines", all with { Agents = Audience.Machines }, _ => true);
        yield return Case("everybody", all with { Agents = Audience.All, List = "screen_width" }, _ => true);
        yield return Case("page", all.With(new("page", "https://shop.example/lamps")), e => e.Page == "https://shop.example/lamps");
        yield return Case("host", all.With(new("referrer_host", "www.google.com")), e => Expected.Host(e.Referrer) == "www.google.com");
        yield return Case("no host", all.With(new("referrer_host", null)), e => e.Referrer is null);
        yield return Case("type", all.With(new("type", "click")), e => e.Type == "click");
        yield return Case("no type", all.With(new("type", null)), e => e.Type is null);
        yield return Case("user", all.With(new("user_id", "user0007")), e => e.UserId == "user0007");
        yield return Case("number", all.With(new("screen_width", "390")), e => e.ScreenWidth == 390);
        yield return Case("agent", (all with { Agents = Audience.All }).With(new("agent_class", "crawler")), e => e.AgentClass == "crawler");
        yield return Case("several", all.With(new("browser", "safari")).With(new("os", "ios")).With(new("utm_campaign", "autumn-lights")).With(new("language", null)),
            e => e is { Browser: "safari", Os: "ios", UtmCampaign: "autumn-lights", Language: null });
    }

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _stored = SharedTraffic.Stored;
        _events = await SharedTraffic.EventsAsync();
    }

    [OneTimeTearDown]
    public void Stop() => _repetitions.Dispose();

    [TestCaseSource(nameof(Views))]
    public async Task Panels_OfAView_AreAsCounted(View view, Func<TrafficEvent, bool> isIn)
    {
        var snapshot = await ReadAsync(view);
        Assert.That(snapshot.Panels.Select(p => p.Problem), Is.All.Null);
        var period = snapshot.Period;
        var expected = new Expected(_stored, period.From, period.To, period.Since, period.Until, view.Agents, isIn);
        Assert.Multiple(() =>
        {
            var figures = snapshot.Content<FiguresContent>()!;
            Assert.That((figures.Now.Visitors, figures.Now.Views, figures.Now.Events), Is.EqualTo(expected.Figures));
            Assert.That((figures.Before.Visitors, figures.Before.Views, figures.Before.Events), Is.EqualTo(expected.FiguresBefore));
            Assert.That((figures.Now.Machines, figures.Now.Everything), Is.EqualTo(expected.Machines));
            AssertSeries(snapshot.Content<SeriesContent>()!, view, expected);
            AssertList(snapshot, "pages", expected.Top(e => e.Page));
            AssertList(snapshot, "referrers", expected.TopReferrers());
            AssertList(snapshot, "types", expected.Top(e => e.Type));
            AssertList(snapshot, "campaigns", expected.Top(e => e.UtmCampaign));
            AssertList(snapshot, "sources", expected.Top(e => e.UtmSource));
            AssertList(snapshot, "mediums", expected.Top(e => e.UtmMedium));
            AssertList(snapshot, "browsers", expected.Top(e => e.Browser));
            AssertList(snapshot, "systems", expected.Top(e => e.Os));
            AssertList(snapshot, "devices", expected.Top(e => e.Device));
            AssertList(snapshot, "users", expected.Top(e => e.UserId));
            AssertList(snapshot, "list", expected.Top(e => view.List is null ? e.Language : e.ScreenWidth?.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            Assert.That(List(snapshot, "entries").Rows.Select(r => (r.Value, r.Counts[0])), Is.EqualTo(expected.Entries()));
            Assert.That(List(snapshot, "mail").Rows.ToDictionary(r => r.Value!, r => (r.Counts[0], r.Counts[1])), Is.EquivalentTo(expected.Mail()));
            var newest = snapshot.Content<EventsContent>()!.Events;
            Assert.That(newest.Rows.Select(r => r[newest.IndexOf("event_time")]), Is.EqualTo(expected.Shown.Select(e => e.EventTime).OrderDescending().Take(20)));
        });
    }

    [Test]
    public async Task Statement_OfEveryPanel_GivesWhatIsShown()
    {
        var snapshot = await ReadAsync(new View { Zone = TimeZoneInfo.Utc, Range = new("7d") });
        foreach (var panel in snapshot.Panels.Where(p => p.Panel is not (SeriesPanel or MinutesPanel or FiguresPanel)))
        {
            var options = new QueryOptions { DefaultDataset = _events.Client.GetDatasetReference("pixels") };
            var rows = (await _events.Client.ExecuteQueryAsync(panel.Question!.Statement, parameters: null, options)).Select(r => RowValues.Of(r)).ToList();
            var shown = panel.Panel is ListPanel ? rows.Select(r => r[1..]) : rows;
            Assert.That(shown, Is.EqualTo(panel.Content!.Table.Rows), panel.Panel.Name);
        }
    }

    [Test]
    public async Task Click_OnAnyListedValue_ShowsTheNumbersThatStoodBesideIt()
    {
        var view = new View { Zone = TimeZoneInfo.Utc, Range = new("7d") };
        var snapshot = await ReadAsync(view);
        foreach (var list in snapshot.Panels.Where(p => p.Panel is ListPanel).Select(p => (ListContent)p.Content!))
        {
            var row = list.Rows[list.Rows.Count / 2];
            var figures = (await ReadAsync(view.With(new(list.Dimension, row.Value)))).Content<FiguresContent>()!.Now;
            Assert.That((figures.Events, figures.Views), Is.EqualTo((row.Counts[0], row.Counts[1])), $"{list.Dimension} {row.Value}");
        }
    }

    private static TestCaseData Case(string name, View view, Func<TrafficEvent, bool> isIn) => new TestCaseData(view, isIn).SetArgDisplayNames(name);

    private static void AssertSeries(SeriesContent series, View view, Expected expected)
    {
        var counted = expected.Shown.GroupBy(e => (Bar: Last(series.Starts, e.EventTime), e.Type)).ToDictionary(g => g.Key, g => (long)g.Count());
        var shown = series.Series.Where(s => !s.IsOther).SelectMany(s => s.Events.Select((events, bar) => (Key: (series.Starts[bar], s.Type), events))).Where(s => s.events > 0).ToDictionary(s => s.Key, s => s.events);
        Assert.That(shown, Is.EquivalentTo(counted), view.Query);
    }

    private static DateTime Last(IReadOnlyList<DateTime> starts, DateTime time) => starts.Last(s => s <= time);

    private static void AssertList(Snapshot snapshot, string name, List<(string? Value, long Events, long Views)> expected) =>
        Assert.That(List(snapshot, name).Rows.Select(r => (r.Value, r.Counts[0], r.Counts[1])), Is.EqualTo(expected), name);

    private static ListContent List(Snapshot snapshot, string name) => (ListContent)snapshot.Panels.Single(p => p.Panel.Name == name).Content!;

    private Task<Snapshot> ReadAsync(View view)
    {
        var options = RunningDashboard.Options();
        return new SnapshotReader(_events.Answers(options), options, _repetitions, NullLogger.Instance).ReadAsync(view, null, CancellationToken.None);
    }
}
