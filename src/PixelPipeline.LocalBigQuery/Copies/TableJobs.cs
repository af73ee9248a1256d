using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Jobs;
using PixelPipeline.LocalBigQuery.Storage;

namespace PixelPipeline.LocalBigQuery.Copies;

/// <summary>Runs copy and extract jobs (https://cloud.google.com/bigquery/docs/reference/rest/v2/Job#JobConfigurationTableCopy), remembered as queries are.</summary>
internal sealed class TableJobs(Database database, WriteQueue writes, JobRegister register, string buckets, TimeProvider time, ILogger log)
{
    /// <summary>Starts the job of a body of <c>jobs.insert</c>; null when it is of another kind.</summary>
    /// <exception cref="ApiException">400: something in it is wrong or not offered. 409: there is a job of that id.</exception>
    public TableJob? TryStart(string projectId, JsonObject body)
    {
        if (body["configuration"] is not JsonObject configuration || (configuration["copy"] ?? configuration["extract"]) is not JsonObject wanted)
        {
            return null;
        }

        var kind = configuration["copy"] is null ? "extract" : "copy";
        Func<JsonObject> run = kind == "copy"
            ? TableCopy.Of(projectId, wanted, database, writes, time).Run
            : TableExtract.Of(projectId, wanted, buckets, database).Run;
        var id = body["jobReference"] is JsonObject reference && RequestJson.Of(reference, "jobId") is { } given ? ResourceIds.Job(given) : $"job_{Guid.NewGuid():N}";
        var repeated = new JsonObject { ["jobType"] = kind.ToUpperInvariant(), [kind] = wanted.DeepClone() };
        var job = new TableJob(projectId, id, kind, repeated, Now);
        register.Add(job);
        _ = Task.Run(() => Run(job, run));
        return job;
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private void Run(TableJob job, Func<JsonObject> run)
    {
        try
        {
            job.Done = run();
            job.End(new JobOutcome(null, [], Now));
        }
        catch (ApiException failure)
        {
            job.End(JobOutcome.Failed(failure, Now));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            job.End(JobOutcome.Failed(ApiException.Invalid($"The file cannot be written: {e.Message}", "destinationUris"), Now));
        }
        catch (Exception e)
        {
            log.LogError(e, "The local BigQuery failed at a job of tables");
            job.End(JobOutcome.Failed(ApiException.Internal(), Now));
        }
    }
}
