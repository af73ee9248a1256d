using System.Globalization;
using PixelPipeline.GoogleCloud.Tests.ClientContract;
using PixelPipeline.Writing;

namespace PixelPipeline.GoogleCloud.Tests.BigQuery;

/// <summary>Which failures are tried again, how long, and with what pauses.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class InsertRetryTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(45);

    [TestCaseSource(nameof(Passing))]
    public async Task Insert_FailureThatPasses_IsSentAgainWithTheSameIds(Answer answer)
    {
        await using var test = new WriterUnderTest(answer, answer, Answer.Inserted);
        var fates = await test.WriteAsync(WriterUnderTest.Rows("a", "b"));

        Assert.That(fates, Is.All.EqualTo(RowFate.Committed));
        Assert.That(test.Inserts, Is.EqualTo(new[] { new[] { "a", "b" }, ["a", "b"], ["a", "b"] }));
        Assert.That(test.Server.Requests.Select(r => r.Body), Is.All.EqualTo(test.Server.Requests[0].Body), "insert ids included");
        Assert.That(test.Time.Pauses, Has.Count.EqualTo(2));
        Assert.That(test.Server.Requests.Select(r => r.Json.GetProperty("templateSuffix").GetString()), Is.All.EqualTo("_a_20261120"));
    }

    [TestCaseSource(nameof(Passing))]
    public async Task Insert_FailureThatStays_IsGivenUpWithinTheDeadline(Answer answer)
    {
        await using var test = new WriterUnderTest(answer);
        var fates = await test.WriteAsync(WriterUnderTest.Rows("a"));

        Assert.That(fates.Single().IsUnknown);
        Assert.That(test.Time.TotalPause, Is.GreaterThan(Deadline - TimeSpan.FromSeconds(16)).And.LessThan(Deadline + TimeSpan.FromSeconds(9)));
        Assert.That(test.Log.Lines, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Insert_Pauses_GrowAndVary()
    {
        await using var one = new WriterUnderTest(Answer.Html(503));
        await using var other = new WriterUnderTest(Answer.Html(503));
        await one.WriteAsync(WriterUnderTest.Rows("a"));
        await other.WriteAsync(WriterUnderTest.Rows("a"));

        Assert.That(one.Time.Pauses, Is.Not.EqualTo(other.Time.Pauses));
        Assert.That(one.Time.Pauses[0], Is.LessThan(TimeSpan.FromSeconds(1)));
        Assert.That(one.Time.Pauses, Is.All.LessThanOrEqualTo(TimeSpan.FromSeconds(8)));
        Assert.That(one.Server.Requests, Has.Count.LessThan(40));
    }

    [Test]
    public async Task Insert_NoAnswer_IsSentAgainAfterTwentySeconds()
    {
        await using var test = new WriterUnderTest(Answer.Never, Answer.Inserted);
        var write = test.WriteAsync(WriterUnderTest.Rows("a"));
        await Eventually.IsTrueAsync(() => test.Server.Requests.Count == 1, "the insert is sent");
        test.Time.Advance(TimeSpan.FromSeconds(19));
        Assert.That(write.IsCompleted, Is.False);
        test.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.That(await write, Is.All.EqualTo(RowFate.Committed));
        Assert.That(test.Inserts, Is.EqualTo(new[] { new[] { "a" }, ["a"] }));
    }

    [Test]
    public async Task Insert_NeverAnAnswer_IsGivenUpAfter45Seconds()
    {
        await using var test = new WriterUnderTest(Answer.Never);
        var write = test.WriteAsync(WriterUnderTest.Rows("a"));
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await Eventually.IsTrueAsync(() => test.Server.Requests.Count == attempt, $"attempt {attempt}");
            Assert.That(write.IsCompleted, Is.False);
            test.Time.Advance(TimeSpan.FromSeconds(attempt < 3 ? 20 : 5));
        }

        Assert.That((await write).Single().IsUnknown);
        Assert.That(test.Server.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Insert_RetryAfter_IsWaitedFor()
    {
        await using var test = new WriterUnderTest(Answer.RetryAfter(429, "rateLimitExceeded", "17"), Answer.Inserted);
        await test.WriteAsync(WriterUnderTest.Rows("a"));

        Assert.That(test.Time.Pauses, Is.EqualTo(new[] { TimeSpan.FromSeconds(17) }));
    }

    [TestCase(true)]
    [TestCase(false)] // the server does not tell its own time
    public async Task Insert_RetryAfterAsDate_IsWaitedFor(bool withDate)
    {
        var now = new SkippingTime().GetUtcNow();
        var header = Rfc1123(now.AddSeconds(17)) + (withDate ? "\r\nDate: " + Rfc1123(now) : "");
        await using var test = new WriterUnderTest(Answer.RetryAfter(503, "backendError", header), Answer.Inserted);
        await test.WriteAsync(WriterUnderTest.Rows("a"));

        Assert.That(test.Time.Pauses, Is.EqualTo(new[] { TimeSpan.FromSeconds(17) }));
    }

    [Test]
    public async Task Insert_RetryAfterBeyondTheDeadline_IsGivenUpAtOnce()
    {
        await using var test = new WriterUnderTest(Answer.RetryAfter(503, "backendError", "46"));
        var fates = await test.WriteAsync(WriterUnderTest.Rows("a"));

        Assert.That(fates.Single().IsUnknown);
        Assert.That(test.Time.Pauses, Is.Empty);
        Assert.That(test.Server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Insert_RetryAfter_HoldsForOnePauseOnly()
    {
        await using var test = new WriterUnderTest(Answer.RetryAfter(503, "backendError", "17"), Answer.Reset, Answer.Inserted);
        await test.WriteAsync(WriterUnderTest.Rows("a"));

        Assert.That(test.Time.Pauses, Has.Count.EqualTo(2));
        Assert.That(test.Time.Pauses[1], Is.LessThan(TimeSpan.FromSeconds(2)));
    }

    [Test]
    public async Task Insert_TableNotThereYet_IsTriedForThirtySeconds()
    {
        await using var test = new WriterUnderTest(Answer.Error(404, "notFound"));
        var fates = await test.WriteAsync(WriterUnderTest.Rows("a"));

        Assert.That(fates.Single().IsUnknown);
        Assert.That(test.Time.TotalPause, Is.GreaterThan(TimeSpan.FromSeconds(20)).And.LessThan(TimeSpan.FromSeconds(39)));
    }

    [TestCase(401, "authError")]
    [TestCase(403, "accessDenied")]
    [TestCase(403, "billingNotEnabled")]
    public async Task Insert_OperatorsError_IsNotTriedAgain(int status, string reason)
    {
        await using var test = new WriterUnderTest(Answer.Error(status, reason));
        var fates = await test.WriteAsync(WriterUnderTest.Rows("a"));

        Assert.That(fates.Single().IsUnknown);
        Assert.That(test.Server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Insert_OperatorsError_IsLoggedOnceAMinuteWithWhatToMend()
    {
        await using var test = new WriterUnderTest(Answer.Error(403, "accessDenied"));
        for (var i = 0; i < 10; i++)
        {
            await test.WriteAsync(WriterUnderTest.Rows("a"));
        }

        Assert.That(test.Log.Lines, Has.Count.EqualTo(1));
        Assert.That(test.Log.Lines.Single().Message, Does.Contain("BigQuery Data Editor"));
        test.Time.Advance(TimeSpan.FromSeconds(60));
        await test.WriteAsync(WriterUnderTest.Rows("a"));
        Assert.That(test.Log.Lines, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Insert_TemplateMissing_IsLoggedWithWhatToMend()
    {
        await using var test = new WriterUnderTest(Answer.Error(404, "notFound"));
        await test.WriteAsync(WriterUnderTest.Rows("a"));

        Assert.That(test.Log.Lines.Single().Message, Does.Contain("deploy/up.sh"));
    }

    [Test]
    public async Task Insert_Cancelled_EndsAtOnce()
    {
        await using var test = new WriterUnderTest(Answer.Never);
        using var cancel = new CancellationTokenSource();
        var write = test.Writer.WriteAsync(WriterUnderTest.Table, WriterUnderTest.Rows("a"), cancel.Token);
        await Eventually.IsTrueAsync(() => test.Server.Requests.Count == 1, "the insert is sent");
        await cancel.CancelAsync();

        Assert.That(async () => await write, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(test.Server.Requests, Has.Count.EqualTo(1));
        Assert.That(test.Log.Lines, Is.Empty);
    }

    private static string Rfc1123(DateTimeOffset time) => time.ToString("R", CultureInfo.InvariantCulture);

    private static IEnumerable<Answer> Passing() =>
    [
        Answer.Error(403, "rateLimitExceeded"),
        Answer.Error(403, "quotaExceeded"),
        Answer.Error(429, "quotaExceeded"),
        Answer.Error(500, "internalError"),
        Answer.Error(500, "backendError"),
        Answer.Html(500),
        Answer.Html(502),
        Answer.Html(503),
        Answer.Error(504, "timeout"),
        Answer.Reset,
        Answer.Close,
        Answer.Truncated,
        Answer.Html(200),
        Answer.Json(200, ""),
        Answer.Json(200, "[]"),
        Answer.Json(200, """{"insertErrors":17}"""),
    ];
}
