using System.Net;
using Google;
using Google.Apis.Bigquery.v2.Data;
using Google.Apis.Upload;
using Google.Cloud.BigQuery.V2;

namespace PixelPipeline.GoogleCloud.Tests.ClientContract;

/// <summary>What becomes of a load for each answer, and what is sent again.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class UploadAnswerTests
{
    [Test]
    public async Task Upload_Whole_GivesTheJob()
    {
        await using var upload = new UploadServer();
        using var client = Client.Of(upload.Server);
        var job = await LoadAsync(client);

        Assert.That(job.State, Is.EqualTo(JobState.Done));
        Assert.That((job.Reference.JobId, job.Reference.Location), Is.EqualTo(("j-1", "EU")));
        Assert.That(job.Status.ErrorResult, Is.Null);
        Assert.That(job.Statistics.Load.OutputRows, Is.EqualTo(2));
        Assert.That(job.Statistics.Load.BadRecords, Is.Zero);
        Assert.That(job.Statistics.Load.InputFileBytes, Is.EqualTo(9_007_199_254_740_993)); // beyond what a double holds
    }

    [TestCase("POST")] // at the session
    [TestCase("PUT")] // at the end of the upload
    public async Task Upload_IdTaken_ThrowsConflict(string method)
    {
        await using var upload = new UploadServer { Instead = request => request.Method == method ? Answer.Error(409, "duplicate") : null };
        using var client = Client.Of(upload.Server);

        var error = Assert.ThrowsAsync<GoogleApiException>(() => LoadAsync(client))!;
        Assert.That(error.HttpStatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(error.Error.Errors.Single().Reason, Is.EqualTo("duplicate"));
        Assert.That(upload.Server.Requests, Has.Count.EqualTo(method == "POST" ? 1 : 2));
    }

    [TestCaseSource(nameof(Breaks))]
    public async Task Upload_ChunkBrokenOff_AsksHowFarItCameAndGoesOn(Answer broken)
    {
        var second = 0;
        await using var upload = new UploadServer
        {
            Instead = request => request.Headers.GetValueOrDefault("Content-Range")?.StartsWith("bytes 10485760-", StringComparison.Ordinal) == true
                && Interlocked.Increment(ref second) == 1 ? broken : null,
        };
        using var client = Client.Of(upload.Server);
        var bytes = new byte[ResumableUpload.DefaultChunkSize + 5];
        var job = await LoadAsync(client, bytes);

        Assert.That(job.State, Is.EqualTo(JobState.Done));
        Assert.That(upload.Received, Has.Length.EqualTo(bytes.Length));
        Assert.That(
            upload.Ranges,
            Is.EqualTo(new[]
            {
                "bytes 0-10485759/10485765", "bytes 10485760-10485764/10485765", "bytes */10485765", "bytes 10485760-10485764/10485765",
            }));
    }

    [TestCase(3)]
    [TestCase(1)] // a client whose own retries are off
    public async Task Upload_AlwaysBrokenOff_ThrowsHttpRequestException(int tries)
    {
        await using var upload = new UploadServer { Instead = request => request.Method == "PUT" ? Answer.Reset : null };
        using var client = Client.Of(upload.Server);
        client.Service.HttpClient.MessageHandler.NumTries = tries;

        Assert.ThrowsAsync<HttpRequestException>(() => LoadAsync(client));
        Assert.That(upload.Ranges, Has.Count.EqualTo(tries));
    }

    [Test]
    public async Task Upload_Cancelled_ThrowsTaskCanceledException()
    {
        using var cancelled = new CancellationTokenSource();
        await using var upload = new UploadServer
        {
            Instead = request =>
            {
                if (request.Method == "PUT")
                {
                    cancelled.Cancel();
                    return Answer.Never;
                }

                return null;
            },
        };
        using var client = Client.Of(upload.Server);

        Assert.ThrowsAsync<TaskCanceledException>(() => LoadAsync(client, cancellationToken: cancelled.Token));
    }

    private static IEnumerable<Answer> Breaks() => [Answer.Reset, Answer.Close, Answer.Error(500, "backendError")];

    private static Task<BigQueryJob> LoadAsync(BigQueryClient client, byte[]? bytes = null, CancellationToken cancellationToken = default) =>
        client.UploadJsonAsync(
            "pixels",
            "pixel",
            new TableSchema { Fields = [] },
            new MemoryStream(bytes ?? "{}"u8.ToArray()),
            cancellationToken: cancellationToken);
}
