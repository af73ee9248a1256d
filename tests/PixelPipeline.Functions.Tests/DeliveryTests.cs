using System.Net;
using System.Text;
using PixelPipeline.Functions.Tests.FrameworkContract;
using PixelPipeline.GoogleCloud.Tests.ClientContract;

namespace PixelPipeline.Functions.Tests;

/// <summary>How the function answers deliveries, and what is committed by then.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class DeliveryTests
{
    private RecordingBigQuery _bigQuery = null!;
    private PixelFunctionProcess _function = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _bigQuery = new RecordingBigQuery { Instead = request => RecordingBigQuery.IsInsert(request) && IsAbout(request, "refuse") ? Answer.Error(403, "accessDenied") : null };
        _function = await PixelFunctionProcess.StartAsync(_bigQuery);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _function.DisposeAsync();
        await _bigQuery.DisposeAsync();
    }

    [TestCase("binary")]
    [TestCase("binary on a path")]
    [TestCase("structured")]
    [TestCase("raw")]
    [TestCase("raw on a topic's path")]
    public async Task Delivery_Hit_IsAcknowledgedOnceItsRowIsCommitted(string form)
    {
        var user = form.Replace(" ", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);
        var body = Push.Body(Some.Hit($"user_id={user}"));
        using var answer = await _function.Http.SendAsync(form switch
        {
            "binary" => Push.Binary(body),
            "binary on a path" => Push.Binary(body, "/some/path?with=query"),
            "structured" => Push.Structured(body),
            "raw" => Push.Raw(body),
            _ => Push.Raw(body, "/projects/p/topics/t"),
        });

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await answer.Content.ReadAsStringAsync(), Is.Empty);
        Assert.That(_bigQuery.Rows.Count(r => r.Table == $"pixel_{user}_20261120"), Is.EqualTo(1));
    }

    [TestCaseSource(typeof(SampleCase), nameof(SampleCase.All))]
    public async Task Delivery_SampleEntry_BecomesWhatItMust(object sample)
    {
        var sampleCase = (SampleCase)sample;
        var before = _bigQuery.Rows.Count;
        using var answer = await _function.SendAsync(sampleCase.Entry);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        if (sampleCase.Table is { } table)
        {
            Assert.That(_bigQuery.Rows.Skip(before).Select(r => r.Table), Has.Some.EqualTo(table));
        }
    }

    [TestCaseSource(nameof(Malformed))]
    public async Task Delivery_WithoutAMessage_IsAnsweredWith400(HttpRequestMessage request)
    {
        using var answer = await _function.Http.SendAsync(request);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await answer.Content.ReadAsStringAsync(), Is.Empty);
    }

    [TestCase("/robots.txt")]
    [TestCase("/favicon.ico")]
    public async Task Delivery_BrowserPath_IsAnsweredWith404(string path)
    {
        using var answer = await _function.Http.SendAsync(Push.Binary(Push.Body(Some.LogEntry()), path));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Delivery_EmptyData_IsARejectedEntry()
    {
        using var answer = await _function.Http.SendAsync(Push.Binary("""{"message":{"messageId":"1"},"subscription":"s"}"""));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(_bigQuery.Rows.Where(r => r.Table == "rejected_pixel").Select(r => Text(r.Json, "reason") + Text(r.Json, "entry")), Has.Some.EqualTo("unreadable_entry"));
    }

    [Test]
    public async Task Delivery_TenMegabytesOfAnything_IsARejectedEntry()
    {
        var entry = Encoding.ASCII.GetBytes(new string('x', 7_000_000));
        using var answer = await _function.SendAsync(entry);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(_bigQuery.Rows.Where(r => r.Table == "rejected_pixel").Select(r => Text(r.Json, "entry").Length), Has.Some.GreaterThan(9_000_000));
    }

    [Test]
    public async Task Delivery_RowNotCommitted_IsAnsweredWith503AndNoLogLineEach()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => _function.SendAsync(Some.Hit($"user_id=refuse{i % 5}"), $"m-{i}")));

        Assert.That(answers.Select(a => a.StatusCode), Is.All.EqualTo(HttpStatusCode.ServiceUnavailable));
        await Eventually.IsTrueAsync(() => _function.Output.Any(l => l.Contains("BigQuery Data Editor", StringComparison.Ordinal)), "the operator is told");
        Assert.That(_function.Output.Count(l => l.Contains("BigQuery Data Editor", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(_function.Output, Has.None.Contains("RowNotCommittedException"));
    }

    [Test]
    public async Task Deliveries_ConcurrentForOneTable_ShareInserts()
    {
        var held = new TaskCompletionSource();
        await using var bigQuery = new RecordingBigQuery();
        await using var function = await PixelFunctionProcess.StartAsync(bigQuery);
        bigQuery.Afterwards = request => Answer.Inserted.After(held.Task);
        var first = function.SendAsync(Some.Hit("user_id=a&order_id=0"));
        await Eventually.IsTrueAsync(() => bigQuery.InsertCount == 1, "the first insert");
        var others = Enumerable.Range(1, 999).Select(i => function.SendAsync(
            Some.LogEntry(requestUrl: $"{Some.PixelUrl}?user_id=a&order_id={i}", insertId: $"i{i}"), $"m-{i}")).ToList();
        held.SetResult();
        var answers = await Task.WhenAll([first, .. others]);

        Assert.That(answers.Select(a => a.StatusCode), Is.All.EqualTo(HttpStatusCode.OK));
        Assert.That(bigQuery.Rows.Select(r => r.InsertId).Distinct().Count(), Is.EqualTo(1000));
    }

    private static IEnumerable<TestCaseData> Malformed() =>
    [
        Case("bad JSON", Push.Binary("{\"message\":")),
        Case("no id", Push.Binary(Push.Body(), without: "ce-id")),
        Case("GET", new HttpRequestMessage(HttpMethod.Get, "/")),
        Case("no message", Push.Binary("{}")),
        Case("message null", Push.Binary("""{"message":null,"subscription":"s"}""")),
        Case("empty body", Push.Binary("")),
        Case("structured without data", Push.Raw("""{"specversion":"1.0","id":"1","type":"t","source":"s"}""", "/", "application/cloudevents+json")),
        Case("structured without a message", Push.Structured("{}")),
        Case("raw without a message", Push.Raw("{}")),
        Case("data that is not base64", Push.Binary("""{"message":{"data":"%%%"}}""")),
    ];

    private static TestCaseData Case(string name, HttpRequestMessage request) => new TestCaseData(request).SetArgDisplayNames(name);

    private static bool IsAbout(ScriptedRequest insert, string user) => RecordingBigQuery.TableOf(insert).Contains(user, StringComparison.Ordinal);

    private static string Text(System.Text.Json.JsonElement row, string column) => row.TryGetProperty(column, out var value) ? value.GetString() ?? "" : "";
}
