using System.Net;
using Google;
using Google.Apis.Requests;
using Microsoft.Extensions.Logging.Abstractions;
using PixelPipeline.Dashboard.Snapshots;
using PixelPipeline.Dashboard.Tests.Support;
using PixelPipeline.Dashboard.Views;

namespace PixelPipeline.Dashboard.Tests.Snapshots;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SnapshotReaderTests : IDisposable
{
    private readonly ScriptedAnswers _answers = new();
    private readonly ManualTime _time = new();
    private readonly Repetitions _repetitions = new();

    [TearDown]
    public void Dispose() => _repetitions.Dispose();

    [Test]
    public async Task ReadAsync_BigQueryAway_KeepsTheLastDataAndSaysWhy()
    {
        var good = await ReadAsync(null);
        _time.Advance(TimeSpan.FromSeconds(2));
        _answers.Failure = new HttpRequestException("Connection refused (127.0.0.1:9050)");
        var bad = await ReadAsync(good);
        Assert.That(bad.Panels.Select(p => p.Content), Is.EqualTo(good.Panels.Select(p => p.Content)));
        Assert.That((bad.ReadAt, bad.DataFrom), Is.EqualTo((good.ReadAt + TimeSpan.FromSeconds(2), good.ReadAt)));
        Assert.That(bad.Problem, Is.EqualTo("BigQuery at 127.0.0.1:9050 does not answer. Is `./pixel up` running? Name another one with --bigquery HOST:PORT."));

        _answers.Failure = null;
        Assert.That((await ReadAsync(bad)).Problem, Is.Null);
    }

    [Test]
    public async Task ReadAsync_OnePanelRefused_LeavesTheOthersAlone()
    {
        var usual = _answers.Answer;
        _answers.Answer = q => q.Sql.Contains("shown_type", StringComparison.Ordinal) ? throw Refusal(HttpStatusCode.BadRequest, "Unrecognized name: type") : usual(q);
        var snapshot = await ReadAsync(null);
        Assert.That(snapshot.Problem, Is.Null);
        Assert.That(snapshot.Panels.Single(p => p.Problem is not null), Is.EqualTo(new PanelState(snapshot.Panels[1].Panel, null, null, null, "BigQuery says: Unrecognized name: type")));
    }

    [Test]
    public async Task ReadAsync_NoTables_IsEmptyAndAsksNothing()
    {
        _answers.Tables = null;
        var snapshot = await ReadAsync(null);
        Assert.That((snapshot.HasTables, snapshot.IsEmpty, snapshot.Problem), Is.EqualTo((false, true, (string?)null)));
        Assert.That(_answers.Questions, Is.Empty);
    }

    [Test]
    public async Task ReadAsync_NothingHasChanged_AsksNoPanelAgain()
    {
        var first = await ReadAsync(null);
        _answers.Questions.Clear();
        _time.Advance(TimeSpan.FromSeconds(2));
        var second = await ReadAsync(first);
        Assert.That(_answers.Questions, Has.Count.EqualTo(2), "rows of each day, and rejected entries");
        Assert.That((second.ReadAt, second.Panels), Is.EqualTo((first.ReadAt + TimeSpan.FromSeconds(2), first.Panels)));

        _time.Advance(TimeSpan.FromMinutes(1)); // another hour of minutes
        await ReadAsync(second);
        Assert.That(_answers.Questions, Has.Count.GreaterThan(10));
    }

    [TestCase(0, true)]
    [TestCase(-1, false)]
    [TestCase(-30, true, Description = "of the period before the same day, which goes on as well")]
    [TestCase(-31, false)]
    public async Task ReadAsync_ARowCameToADay_AsksForTheOpenDaysAloneWhereItIsOne(int day, bool isOpen)
    {
        var first = await ReadAsync(null);
        Assert.That(Sums(), Has.Count.EqualTo(3).And.All.Not.Contains("AND (event_time >= @open"));
        _answers.Questions.Clear();
        var usual = _answers.Answer;
        var counts = new Dictionary<DateOnly, long> { [DateOnly.FromDateTime(ScriptedAnswers.Now)] = 3 };
        counts[DateOnly.FromDateTime(ScriptedAnswers.Now.AddDays(day))] = 4;
        _answers.Answer = q => q.Sql.Contains("AS copies", StringComparison.Ordinal) ? new(["day", "copies"], [.. counts.Select(c => (object?[])[c.Key, c.Value])]) : usual(q);

        await ReadAsync(first);

        Assert.That(Sums(), Has.Count.EqualTo(3));
        Assert.That(Sums(), isOpen ? Has.All.Contains("AND (event_time >= @open") : Has.None.Contains("AND (event_time >= @open"));

        List<string> Sums() => [.. _answers.Questions.Select(q => q.Sql).Where(sql => sql.Contains("is_open", StringComparison.Ordinal))];
    }

    [Test]
    public async Task ReadAsync_TheTablesGotAColumn_AsksForAllDays()
    {
        var first = await ReadAsync(null);
        _answers.Questions.Clear();
        _answers.Tables = _answers.Tables! with { Columns = [.. _answers.Tables.Columns, ("country", "STRING")] };
        _time.Advance(TimeSpan.FromMinutes(1));

        await ReadAsync(first);

        Assert.That(_answers.Questions.Select(q => q.Sql), Has.Some.Contains("'countries' AS k").And.None.Contains("AND (event_time >= @open"));
    }

    [Test]
    public async Task ReadAsync_ManyLists_AskForThemAtOnce()
    {
        await ReadAsync(null);
        Assert.That(_answers.Questions.Count(q => q.Sql.Contains("'pages' AS k", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public void Explain_WhateverFails_SaysItInPlainWords()
    {
        var options = RunningDashboard.Options(isGoogles: true);
        Assert.That(PlainWords.Of(Refusal(HttpStatusCode.Forbidden, "Access Denied: Table p:pixels.pixel"), options), Is.EqualTo("BigQuery refuses access: Access Denied: Table p:pixels.pixel"));
        Assert.That(PlainWords.Of(Refusal(HttpStatusCode.Unauthorized, "no"), options), Does.Contain("gcloud auth application-default login"));
        Assert.That(PlainWords.Of(Refusal(HttpStatusCode.BadGateway, null), options), Is.EqualTo("BigQuery says: status 502, without a word."));
        Assert.That(PlainWords.Of(new TimeoutException(), options), Is.EqualTo("BigQuery did not answer within 60 s."));
        Assert.That(PlainWords.Of(new HttpRequestException(), options), Does.Contain("Is this machine online?"));
        Assert.That(PlainWords.Of(new InvalidCastException("secret"), options), Does.Contain("fault of this program").And.Not.Contain("secret"));
    }

    private static GoogleApiException Refusal(HttpStatusCode status, string? message) =>
        new("bigquery") { HttpStatusCode = status, Error = message is null ? null : new RequestError { Message = message } };

    private Task<Snapshot> ReadAsync(Snapshot? previous) => new SnapshotReader(_answers, RunningDashboard.Options(_time), _repetitions, NullLogger.Instance)
        .ReadAsync(new View { Zone = TimeZoneInfo.Utc }, previous, CancellationToken.None);
}
