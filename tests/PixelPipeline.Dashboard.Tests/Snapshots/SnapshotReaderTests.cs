using System.Net;
using Google;
using Google.Apis.Requests;
using Microsoft.Extensions.Logging.Abstractions;
using PixelPipeline.Dashboard.Panels;
using PixelPipeline.Dashboard.Snapshots;
using PixelPipeline.Dashboard.Tests.Support;

namespace PixelPipeline.Dashboard.Tests.Snapshots;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SnapshotReaderTests
{
    private readonly ScriptedAnswers _answers = new();
    private readonly ManualTime _time = new();

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
        Assert.That(((MinutesContent)snapshot.Panels[0].Content!).Minutes, Has.Count.EqualTo(60));
        Assert.That(_answers.Questions, Is.Empty);
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

    private Task<Snapshot> ReadAsync(Snapshot? previous) =>
        new SnapshotReader(_answers, RunningDashboard.Options(_time), NullLogger.Instance).ReadAsync(previous, CancellationToken.None);
}
