using Google.Cloud.BigQuery.V2;
using Microsoft.Extensions.Logging.Abstractions;
using PixelPipeline.Dashboard.Panels;
using PixelPipeline.Dashboard.Snapshots;
using PixelPipeline.Dashboard.Tests.Support;
using PixelPipeline.Dashboard.Views;
using PixelPipeline.Tables;

namespace PixelPipeline.Dashboard.Tests.EndToEnd;

/// <summary>The questions as BigQuery answers them, in all layouts.</summary>
[TestFixture(LayoutName.Both)]
[TestFixture(LayoutName.Partitioned)]
[TestFixture(LayoutName.Template)]
internal sealed class LocalBigQueryTests(LayoutName layout)
{
    private static readonly DateTime Now = ScriptedAnswers.Now;

    private readonly ManualTime _time = new();
    private readonly Repetitions _repetitions = new();
    private LocalEvents _events = null!;

    [SetUp]
    public async Task StartAsync() => _events = await LocalEvents.StartAsync(layout);

    [TearDown]
    public async Task StopAsync() => await _events.DisposeAsync();

    [OneTimeTearDown]
    public void Dispose() => _repetitions.Dispose();

    [Test]
    public async Task Minutes_EventsOfTheHour_CountEachEventAndUserOnce()
    {
        await _events.AddAsync(Now, "alice", "click", id: "again");
        await _events.AddAsync(Now, "alice", "click", id: "again");
        await _events.AddAsync(Now.AddMinutes(-59), "alice", "open");
        await _events.AddAsync(Now.AddMinutes(-59), "bob", "open");
        await _events.AddAsync(Now.AddMinutes(-60), "carol", "open"); // the hour before
        var minutes = (MinutesContent)await ContentAsync("minutes");
        Assert.That((minutes.Events, minutes.Users), Is.EqualTo((3, 2)));
        Assert.That((minutes.Minutes[0].Events, minutes.Minutes[0].Users, minutes.Minutes[59].Events), Is.EqualTo((2, 2, 1)));
    }

    [Test]
    public async Task Series_EdgesOfDays_AreInTheirDaysOfTheZone()
    {
        await _events.AddAsync(new DateTime(2026, 11, 19, 18, 29, 59, 999, DateTimeKind.Utc), "alice", "late");
        await _events.AddAsync(new DateTime(2026, 11, 19, 18, 30, 0, DateTimeKind.Utc), "alice", "early"); // midnight in India
        await _events.AddAsync(new DateTime(2026, 10, 21, 18, 30, 0, DateTimeKind.Utc), "alice", "first");
        await _events.AddAsync(new DateTime(2026, 10, 21, 18, 29, 59, 999, DateTimeKind.Utc), "alice", "before");
        var series = (SeriesContent)await ContentAsync("series", new View { Zone = DashboardOptions.FindTimeZone("Asia/Kolkata")! });
        var events = series.Series.Select(s => (s.Type, s.Events.ToList().IndexOf(1)));
        Assert.That(events, Is.EquivalentTo(new[] { ("late", 28), ("early", 29), ("first", 0) }));
    }

    [Test]
    public async Task Series_EightTypes_ShowSixAndTheRest()
    {
        for (var type = 1; type <= 8; type++)
        {
            for (var i = 0; i < 9 - type; i++)
            {
                await _events.AddAsync(Now.AddDays(-(i % 2)), "alice", type == 3 ? null : $"type{type}");
            }
        }

        var series = ((SeriesContent)await ContentAsync("series")).Series;
        Assert.That(series.Select(s => s.Type), Is.EqualTo(new[] { "type1", "type2", null, "type4", "type5", "type6", null }));
        Assert.That(series.Select(s => s.Total), Is.EqualTo(new long[] { 8, 7, 6, 5, 4, 3, 2 + 1 }));
        Assert.That(series.Select(s => s.IsOther), Is.EqualTo(new[] { false, false, false, false, false, false, true }));
    }

    [Test]
    public async Task Panels_AgainstTheViews_CountTheSame()
    {
        for (var i = 0; i < 20; i++)
        {
            await _events.AddAsync(Now.AddHours(-7 * i), $"user{i % 3}", $"type{i % 4}", id: $"id{i % 18}");
        }

        await _events.AddAsync(Now, "user0", "once", "once1", "h");
        await _events.AddAsync(Now.AddSeconds(-1), "user0", "once", "once2", "h"); // the browser sent it again
        await _events.AddAsync(Now, "user1", "once", "once3", "h"); // another user's
        await _events.AddAsync(Now.AddDays(-1), "user0", "once", "once4", "h"); // another day's
        await _events.AddAsync(Now, "pixel-doctor", "once", "once5");

        await _events.RejectAsync(Now, "invalid_value", "r1");
        await _events.RejectAsync(Now, "invalid_value", "r1"); // delivered twice
        await _events.RejectAsync(Now, "missing_required", "r2");
        await _events.RejectAsync(Now, "resolved", "r2");
        await _events.MakeViewsAsync();
        var series = (SeriesContent)await ContentAsync("series");
        var shown = series.Series.SelectMany(s => s.Events.Select((events, i) => (series.Locals[i], s.Type, events))).Where(d => d.events > 0);
        Assert.That(shown, Is.EquivalentTo(await ViewAsync("SELECT date, type, hits FROM daily_counts", r => ((DateTime)r[0], (string?)r[1], (long)r[2]))));
        Assert.That(series.Series.Single(s => s.Type == "once").Total, Is.EqualTo(3));
        var rejected = ((RejectedContent)await ContentAsync("rejected")).Reasons;
        Assert.That(rejected.Select(r => (r.Reason, r.Entries)), Is.EquivalentTo(await ViewAsync("SELECT reason, entries FROM rejections", r => ((string)r[0], (long)r[1]))));
        Assert.That(rejected.Select(r => (r.Reason, r.Unresolved, r.Shown.Count)), Is.EquivalentTo(new[] { ("invalid_value", 1L, 1), ("missing_required", 0L, 0) }));
    }

    [Test]
    public async Task Live_AnEventIsRepeatedLater_StaysOne()
    {
        await _events.AddAsync(Now.AddDays(-1), "alice", "click", "first", "h1");
        await _events.AddAsync(Now, "alice", "click", "second", "h2");
        var snapshot = await ReadAsync();
        Assert.That(EventsOf(snapshot), Is.EqualTo(2));
        await _events.AddAsync(Now, "alice", "click", "first", "h3"); // posted again, a day later
        await _events.AddAsync(Now.AddSeconds(-2), "alice", "click", "third", "h2"); // sent again
        await _events.AddAsync(Now.AddDays(-20), "bob", "click", "late", "h4"); // came late
        Assert.That(EventsOf(snapshot = await ReadAsync(previous: snapshot)), Is.EqualTo(3));
        await _events.AddAsync(Now.AddDays(-20), "bob", "click", "late", "h4");
        Assert.That(EventsOf(snapshot = await ReadAsync(previous: snapshot)), Is.EqualTo(3));
        using var afresh = new Repetitions(); // as after a kill
        Assert.That(EventsOf(await ReadAsync(repetitions: afresh)), Is.EqualTo(3));
        Assert.That(EventsOf(await ReadAsync(previous: snapshot)), Is.EqualTo(3));
    }

    [Test]
    public async Task Users_MoreThanTen_ShowTheMostActive()
    {
        for (var user = 1; user <= 11; user++)
        {
            for (var i = 0; i < user; i++)
            {
                await _events.AddAsync(Now.AddMinutes(-i), $"user{user:00}", "click");
            }
        }

        var users = ((ListContent)await ContentAsync("users")).Rows;
        Assert.That((users.Count, users[0].Value, users[0].Counts[0], users[^1].Value), Is.EqualTo((10, "user11", 11, "user02")));
    }

    [Test]
    public async Task Newest_MoreThanTwenty_AreTheNewestFirst()
    {
        for (var i = 0; i < 22; i++)
        {
            await _events.AddAsync(Now.AddMinutes(-i), "alice", $"type{i}");
        }

        var newest = ((EventsContent)await ContentAsync("newest")).Events;
        var type = newest.IndexOf("type");
        Assert.That(newest.Rows.Select(r => r[type]), Is.EqualTo(Enumerable.Range(0, 20).Select(i => $"type{i}")));
    }

    [Test]
    public async Task Read_NoEventYet_IsEmptyWithoutAProblem()
    {
        await _events.RejectAsync(Now, "missing_required", "r1");
        var snapshot = await ReadAsync();
        Assert.That((snapshot.IsEmpty, snapshot.HasTables, snapshot.Panels.Any(p => p.Problem is not null)), Is.EqualTo((true, true, false)));
        Assert.That(((RejectedContent)snapshot.Panels.Single(p => p.Panel is RejectedPanel).Content!).Reasons, Has.Count.EqualTo(1), "rejected entries are there before any event is");
    }

    [Test]
    public async Task Read_NoPipelineYet_SaysSo()
    {
        await using var empty = await LocalEvents.StartAsync(layout, withTables: false);
        var snapshot = await ReadAsync(events: empty);
        Assert.That((snapshot.HasTables, snapshot.Problem), Is.EqualTo((false, (string?)null)));
    }

    [TestCase("o'brien \\ \" ` %")]
    [TestCase("') OR 1=1 --")]
    [TestCase("@from")]
    [TestCase("\u202Eü😀\n\t")]
    public async Task Filter_ByAHostileValue_FindsThatValue(string value)
    {
        await _events.AddAsync(Now, "alice", value);
        await _events.AddAsync(Now, "alice", "click");
        var snapshot = await ReadAsync(new View { Zone = TimeZoneInfo.Utc, Filters = [new Filter("type", value)] });
        Assert.That(snapshot.Content<FiguresContent>()!.Now.Events, Is.EqualTo(1));
        foreach (var panel in snapshot.Panels)
        {
            var options = new QueryOptions { DefaultDataset = _events.Client.GetDatasetReference("pixels") };
            Assert.That(async () => await _events.Client.ExecuteQueryAsync(panel.Question!.Statement, parameters: null, options), Throws.Nothing, panel.Panel.Name);
        }
    }

    [TestCase("is.nothing=x", "Events have no column nothing. They have user_id, type, order_id")]
    [TestCase("list=nothing", "Events have no column nothing.")]
    [TestCase("is.screen_width=wide", "The column screen_width is of the type INTEGER, and wide is no value of it.")]
    public async Task Read_AColumnThatIsNotThere_SaysSo(string query, string message)
    {
        var view = new View { Zone = TimeZoneInfo.Utc };
        var value = query.Split('=');
        var snapshot = await ReadAsync(value[0] == "list" ? view with { List = value[1] } : view.With(new Filter(value[0][3..], value[1])));
        Assert.That(snapshot.ViewProblem, Does.StartWith(message));
    }

    private static long EventsOf(Snapshot snapshot) => snapshot.Content<FiguresContent>()!.Now.Events;

    private async Task<PanelContent> ContentAsync(string name, View? view = null)
    {
        var state = (await ReadAsync(view)).Panels.Single(p => p.Panel.Name == name);
        Assert.That(state.Problem, Is.Null);
        return state.Content!;
    }

    private Task<Snapshot> ReadAsync(View? view = null, Snapshot? previous = null, LocalEvents? events = null, Repetitions? repetitions = null)
    {
        var options = RunningDashboard.Options(_time);
        var reader = new SnapshotReader((events ?? _events).Answers(options), options, repetitions ?? _repetitions, NullLogger.Instance);
        return reader.ReadAsync(view ?? new View { Zone = TimeZoneInfo.Utc }, previous, CancellationToken.None);
    }

    private async Task<List<T>> ViewAsync<T>(string sql, Func<BigQueryRow, T> read)
    {
        var options = new QueryOptions { DefaultDataset = _events.Client.GetDatasetReference("pixels") };
        return [.. (await _events.Client.ExecuteQueryAsync(sql, parameters: null, options)).Select(read)];
    }
}
