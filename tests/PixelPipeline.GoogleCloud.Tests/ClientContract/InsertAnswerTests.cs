using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Google;
using Google.Cloud.BigQuery.V2;

namespace PixelPipeline.GoogleCloud.Tests.ClientContract;

/// <summary>What becomes of an insert for each answer, and how often it was sent.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class InsertAnswerTests
{
    private const string OneBadRow =
        """{"insertErrors":[{"index":0,"errors":[{"reason":"invalid","location":"n","message":"no integer"}]}]}""";

    [Test]
    public async Task Insert_RowErrors_ThrowWithoutStatus()
    {
        await using var server = new ScriptedServer(Answer.Json(200, OneBadRow));
        using var client = Client.Of(server);

        var error = Assert.ThrowsAsync<GoogleApiException>(() => client.InsertAsync())!;
        Assert.That((int)error.HttpStatusCode, Is.Zero);
        Assert.That(error.Error.Errors.Single().Reason, Is.EqualTo("invalid"));
        Assert.That(error.Error.Errors.Single().Location, Is.EqualTo("n"));
        Assert.That(error.Error.Errors.Single().Message, Does.Contain("no integer"));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [TestCase(null, BigQueryInsertStatus.NoRowsInserted)]
    [TestCase(true, BigQueryInsertStatus.SomeRowsInserted)]
    public async Task Insert_SuppressedRowErrors_AreInTheResults(bool? skipInvalidRows, BigQueryInsertStatus status)
    {
        await using var server = new ScriptedServer(Answer.Json(200, OneBadRow));
        using var client = Client.Of(server);
        BigQueryInsertRow[] rows = [new("bad"), new("good")];
        var results = await client.InsertAsync(rows, new InsertOptions { SuppressInsertErrors = true, SkipInvalidRows = skipInvalidRows });

        Assert.That(results.Status, Is.EqualTo(status));
        Assert.That(results.Errors.Single().OriginalRow, Is.SameAs(rows[0]));
        Assert.That(results.Errors.Single().OriginalRowIndex, Is.Zero);
        Assert.That(results.Errors.Single().Single().Reason, Is.EqualTo("invalid"));
    }

    [TestCase(400, "invalid")]
    [TestCase(401, "authError")]
    [TestCase(403, "accessDenied")]
    [TestCase(404, "notFound")]
    [TestCase(413, "uploadTooLarge")]
    [TestCase(429, "quotaExceeded")]
    [TestCase(500, "internalError")]
    [TestCase(504, "timeout")]
    public async Task Insert_LastingError_ThrowsAtOnceWithStatusAndReason(int status, string reason)
    {
        await using var server = new ScriptedServer(Answer.Error(status, reason));
        using var client = Client.Of(server);

        var error = Assert.ThrowsAsync<GoogleApiException>(() => client.InsertAsync())!;
        Assert.That((int)error.HttpStatusCode, Is.EqualTo(status));
        Assert.That(error.Error.Errors.Single().Reason, Is.EqualTo(reason));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [TestCase(404)]
    [TestCase(500)]
    public async Task Insert_HtmlError_ThrowsWithoutErrors(int status)
    {
        await using var server = new ScriptedServer(Answer.Html(status));
        using var client = Client.Of(server);

        var error = Assert.ThrowsAsync<GoogleApiException>(() => client.InsertAsync())!;
        Assert.That((int)error.HttpStatusCode, Is.EqualTo(status));
        Assert.That(error.Error?.Errors, Is.Null);
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [TestCaseSource(nameof(Passing))]
    public async Task Insert_PassingError_IsSentThreeTimes(int status, Answer answer)
    {
        await using var server = new ScriptedServer(answer);
        using var client = Client.Of(server);
        var clock = Stopwatch.StartNew();

        var error = Assert.ThrowsAsync<GoogleApiException>(() => client.InsertAsync())!;
        Assert.That((int)error.HttpStatusCode, Is.EqualTo(status));
        Assert.That(server.Requests, Has.Count.EqualTo(3));
        Assert.That(clock.Elapsed, Is.GreaterThan(TimeSpan.FromSeconds(2.4)), "1 s and 2 s, give or take a quarter second each");
    }

    [Test]
    public async Task Insert_ErrorThatPassed_SendsTheSameRowAgain()
    {
        await using var server = new ScriptedServer(Answer.Error(503, "backendError"), Answer.Inserted);
        using var client = Client.Of(server);
        var results = await client.InsertAsync();

        Assert.That(results.Status, Is.EqualTo(BigQueryInsertStatus.AllRowsInserted));
        Assert.That(server.Requests, Has.Count.EqualTo(2));
        Assert.That(server.Requests[1].Body, Is.EqualTo(server.Requests[0].Body));
    }

    [TestCaseSource(nameof(Passing))]
    public async Task Insert_OneTry_IsSentOnce(int status, Answer answer)
    {
        await using var server = new ScriptedServer(answer);
        using var client = Client.Of(server);
        client.Service.HttpClient.MessageHandler.NumTries = 1;

        var error = Assert.ThrowsAsync<GoogleApiException>(() => client.InsertAsync())!;
        Assert.That((int)error.HttpStatusCode, Is.EqualTo(status));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [TestCaseSource(nameof(Broken))]
    public async Task Insert_BrokenConnection_ThrowsHttpRequestExceptionAtOnce(Answer answer)
    {
        await using var server = new ScriptedServer(answer);
        using var client = Client.Of(server);

        Assert.ThrowsAsync<HttpRequestException>(() => client.InsertAsync());
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public void Insert_ConnectionRefused_ThrowsHttpRequestException()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        using var client = Client.Of(port);

        Assert.ThrowsAsync<HttpRequestException>(() => client.InsertAsync());
    }

    [Test]
    public async Task Insert_SuccessThatIsNotJson_ThrowsGoogleApiException()
    {
        await using var server = new ScriptedServer(Answer.Html(200));
        using var client = Client.Of(server);

        Assert.ThrowsAsync<GoogleApiException>(() => client.InsertAsync());
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Insert_EmptySuccess_ThrowsArgumentNullException()
    {
        await using var server = new ScriptedServer(Answer.Json(200, ""));
        using var client = Client.Of(server);

        Assert.ThrowsAsync<ArgumentNullException>(() => client.InsertAsync());
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Insert_Cancelled_ThrowsTaskCanceledException()
    {
        await using var server = new ScriptedServer(Answer.Never);
        using var client = Client.Of(server);
        using var cancelled = new CancellationTokenSource();
        var insert = client.InsertAsync(cancellationToken: cancelled.Token);
        await cancelled.CancelAsync();

        Assert.ThrowsAsync<TaskCanceledException>(() => insert);
    }

    [Test]
    public async Task Insert_NoAnswerInTime_ThrowsTaskCanceledException()
    {
        await using var server = new ScriptedServer(Answer.Never);
        using var client = Client.Of(server);
        Assert.That(client.Service.HttpClient.Timeout, Is.EqualTo(TimeSpan.FromSeconds(100)));
        client.Service.HttpClient.Timeout = TimeSpan.FromMilliseconds(200);

        Assert.ThrowsAsync<TaskCanceledException>(() => client.InsertAsync());
    }

    private static IEnumerable<TestCaseData> Passing() =>
    [
        new(403, Answer.Error(403, "rateLimitExceeded")),
        new(429, Answer.Error(429, "rateLimitExceeded")),
        new(500, Answer.Error(500, "backendError")),
        new(502, Answer.Html(502)),
        new(503, Answer.Html(503)),
    ];

    private static IEnumerable<Answer> Broken() => [Answer.Reset, Answer.Close, Answer.Truncated];
}
