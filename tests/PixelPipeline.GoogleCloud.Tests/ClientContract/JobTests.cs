using System.Net;
using Google;
using Google.Cloud.BigQuery.V2;

namespace PixelPipeline.GoogleCloud.Tests.ClientContract;

/// <summary>Jobs, as the client asks for them and reads them.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class JobTests
{
    [TestCase("PENDING", JobState.Pending)]
    [TestCase("RUNNING", JobState.Running)]
    [TestCase("DONE", JobState.Done)]
    public async Task GetJob_State_IsRead(string state, JobState expected)
    {
        await using var server = new ScriptedServer(Answer.Json(200, $$$"""{"jobReference":{"jobId":"j-1"},"status":{"state":"{{{state}}}"}}"""));
        using var client = Client.Of(server);
        var job = await client.GetJobAsync("j-1");

        Assert.That(job.State, Is.EqualTo(expected));
        Assert.That(job.Statistics, Is.Null);
        Assert.That(server.Requests.Single().Target, Does.StartWith("/bigquery/v2/projects/local/jobs/j-1?").And.Not.Contain("location"));
    }

    [Test]
    public async Task GetJob_ReferenceWithLocation_AsksThere()
    {
        await using var server = new ScriptedServer(Answer.Json(200, UploadServer.Done));
        using var client = Client.Of(server);
        var job = await client.GetJobAsync(client.GetJobReference("other", "j-1", "EU"));

        Assert.That(job.Statistics.Load.OutputRows, Is.EqualTo(2));
        Assert.That(server.Requests.Single().Target, Does.StartWith("/bigquery/v2/projects/other/jobs/j-1?").And.Contain("location=EU"));
    }

    [Test]
    public async Task GetJob_Failed_HasItsErrors()
    {
        await using var server = new ScriptedServer(Answer.Json(
            200,
            """{"status":{"state":"DONE","errorResult":{"reason":"invalid","message":"why"},"errors":[{"reason":"invalid","message":"why"},{"reason":"invalid","message":"line 2","location":"n"}]}}"""));
        using var client = Client.Of(server);
        var job = await client.GetJobAsync("j-1");

        Assert.That(job.State, Is.EqualTo(JobState.Done));
        Assert.That(job.Status.ErrorResult.Reason, Is.EqualTo("invalid"));
        Assert.That(job.Status.Errors.Select(error => error.Message), Is.EqualTo(new[] { "why", "line 2" }));
    }

    [Test]
    public async Task GetJob_Missing_ThrowsNotFound()
    {
        await using var server = new ScriptedServer(Answer.Error(404, "notFound"));
        using var client = Client.Of(server);

        var error = Assert.ThrowsAsync<GoogleApiException>(() => client.GetJobAsync("j-1"))!;
        Assert.That(error.HttpStatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }
}
