using Google.Cloud.BigQuery.V2;
using Microsoft.Extensions.Logging.Abstractions;
using PixelPipeline.Dashboard.Panels;
using PixelPipeline.Dashboard.Snapshots;
using PixelPipeline.Dashboard.Tests.Support;

namespace PixelPipeline.Dashboard.Tests.EndToEnd;

/// <summary>The questions as BigQuery answers them, in both layouts.</summary>
[TestFixture(true)]
[TestFixture(false)]
internal sealed class LocalBigQueryTests(bool partitioned)
{
    private static readonly DateTime Now = ScriptedAnswers.Now;

    private readonly ManualTime _time = new();
    private LocalEvents _events = null!;

    [SetUp]
    public async Task StartAsync() => _events = await LocalEvents.StartAsync(partitioned);

    [TearDown]
    public async Task StopAsync() => await _events.DisposeAsync();

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
    public async Task Days_EdgesOfUtcDays_AreInTheirDays()
    {
        await _events.AddAsync(new DateTime(2026, 11, 19, 23, 59, 59, 999, DateTimeKind.Utc), "alice", "late");
        await _events.AddAsync(new DateTime(2026, 11, 20, 0, 0, 0, DateTimeKind.Utc), "alice", "early");
        await _events.AddAsync(new DateTime(2026, 10, 22, 0, 0, 0, DateTimeKind.Utc), "alice", "first");
        await _events.AddAsync(new DateTime(2026, 10, 21, 23, 59, 59, 999, DateTimeKind.Utc), "alice", "before");
        var days = (DaysContent)await ContentAsync("days");
        var hits = days.Series.Select(s => (s.Type, s.Hits.ToList().IndexOf(1)));
        Assert.That(hits, Is.EquivalentTo(new[] { ("late", 28), ("early", 29), ("first", 0) }));
    }

    [Test]
    public async Task Days_EightTypes_ShowSixAndTheRest()
    {
        for (var type = 1; type <= 8; type++)
        {
            for (var i = 0; i < 9 - type; i++)
            {
                await _events.AddAsync(Now.AddDays(-(i % 2)), "alice", type == 3 ? null : $"type{type}");
            }
        }

        var days = (DaysContent)await ContentAsync("days");
        Assert.That(days.Series.Select(s => s.Type), Is.EqualTo(new[] { "type1", "type2", null, "type4", "type5", "type6", null }));
        Assert.That(days.Series.Select(s => s.Total), Is.EqualTo(new long[] { 8, 7, 6, 5, 4, 3, 2 + 1 }));
        Assert.That(days.Series.Select(s => s.IsOther), Is.EqualTo(new[] { false, false, false, false, false, false, true }));
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
        var days = (DaysContent)await ContentAsync("days");
        var shown = days.Series.SelectMany(s => s.Hits.Select((hits, i) => (days.Dates[i].ToDateTime(default), s.Type, hits))).Where(d => d.hits > 0);
        Assert.That(shown, Is.EquivalentTo(await ViewAsync("SELECT date, type, hits FROM daily_counts", r => ((DateTime)r[0], (string?)r[1], (long)r[2]))));
        Assert.That(days.Series.Single(s => s.Type == "once").Total, Is.EqualTo(3));
        var rejected = ((CountsContent)await ContentAsync("rejected")).Counts.Select(c => (c.Name, c.Count));
        Assert.That(rejected, Is.EquivalentTo(await ViewAsync("SELECT reason, entries FROM rejections", r => ((string?)r[0], (long)r[1]))));
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

        var users = ((CountsContent)await ContentAsync("users")).Counts;
        Assert.That((users.Count, users[0], users[^1].Name), Is.EqualTo((10, new NamedCount("user11", 11, Now), "user02")));
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
        Assert.That(((CountsContent)snapshot.Panels[3].Content!).Counts, Has.Count.EqualTo(1), "rejected entries are there before any event is");
    }

    [Test]
    public async Task Read_NoPipelineYet_SaysSo()
    {
        await using var empty = await LocalEvents.StartAsync(partitioned, withTables: false);
        var snapshot = await ReadAsync(empty);
        Assert.That((snapshot.HasTables, snapshot.Problem), Is.EqualTo((false, (string?)null)));
    }

    [Test]
    public async Task Statement_OfEveryPanel_RunsAsItIsShown()
    {
        await _events.AddAsync(Now, "alice", "click");
        foreach (var panel in (await ReadAsync()).Panels)
        {
            Assert.That(async () => await _events.Client.ExecuteQueryAsync(panel.Question!.Statement, parameters: null), Throws.Nothing, panel.Panel.Name);
        }
    }

    private async Task<PanelContent> ContentAsync(string name)
    {
        var state = (await ReadAsync()).Panels.Single(p => p.Panel.Name == name);
        Assert.That(state.Problem, Is.Null);
        return state.Content!;
    }

    private Task<Snapshot> ReadAsync(LocalEvents? events = null)
    {
        var options = RunningDashboard.Options(_time);
        return new SnapshotReader((events ?? _events).Answers(options), options, NullLogger.Instance).ReadAsync(null, CancellationToken.None);
    }

    private async Task<List<T>> ViewAsync<T>(string sql, Func<BigQueryRow, T> read)
    {
        var options = new QueryOptions { DefaultDataset = _events.Client.GetDatasetReference("pixels") };
        return [.. (await _events.Client.ExecuteQueryAsync(sql, parameters: null, options)).Select(read)];
    }
}
