using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using PixelPipeline.LocalBigQuery.Api;

namespace PixelPipeline.LocalBigQuery.Jobs;

/// <summary>The Job resource (https://cloud.google.com/bigquery/docs/reference/rest/v2/Job).</summary>
internal static class JobResource
{
    /// <summary>The whole resource.</summary>
    public static JsonObject Full(HttpContext context, Job job)
    {
        var resource = job.Summary();
        resource["etag"] = ResourceJson.ETag(job.Id, job.Outcome?.EndedMs ?? 0);
        resource["selfLink"] = ResourceJson.SelfLink(context, $"projects/{job.ProjectId}/jobs/{job.Id}?location={job.Location}");
        return resource;
    }

    /// <summary>What a list has of a job that ended so, or is still under way when <paramref name="outcome"/> is null.</summary>
    public static JsonObject Summary(Job job, JobOutcome? outcome)
    {
        var state = outcome is null ? "RUNNING" : "DONE";
        return new JsonObject
        {
            ["kind"] = "bigquery#job",
            ["id"] = $"{job.ProjectId}:{job.Location}.{job.Id}",
            ["user_email"] = "local@localhost",
            ["jobReference"] = Reference(job),
            ["configuration"] = job.Configuration.DeepClone(),
            ["statistics"] = Statistics(job, outcome),
            ["status"] = Status(outcome, state),
            ["state"] = state,
        };
    }

    /// <summary>How other answers refer to it.</summary>
    public static JsonObject Reference(Job job) => new()
    {
        ["projectId"] = job.ProjectId,
        ["jobId"] = job.Id,
        ["location"] = job.Location,
    };

    private static JsonObject Status(JobOutcome? outcome, string state)
    {
        var status = new JsonObject { ["state"] = state };
        if (outcome?.Failure is { } failure)
        {
            status["errorResult"] = Error(failure);
        }

        if (outcome?.Errors is { Count: > 0 } errors)
        {
            status["errors"] = new JsonArray([.. errors.Select(Error)]);
        }

        return status;
    }

    private static JsonObject Statistics(Job job, JobOutcome? outcome)
    {
        var statistics = new JsonObject
        {
            ["creationTime"] = ResourceJson.Int64(job.CreatedMs),
            ["startTime"] = ResourceJson.Int64(job.CreatedMs),
        };
        if (outcome?.EndedMs is { } ended)
        {
            statistics["endTime"] = ResourceJson.Int64(ended);
        }

        job.AddStatistics(statistics);
        return statistics;
    }

    private static JsonObject Error(ApiException failure)
    {
        var error = new JsonObject { ["reason"] = failure.Reason, ["message"] = failure.Message };
        if (failure.Location.Length > 0)
        {
            error["location"] = failure.Location;
        }

        return error;
    }
}
