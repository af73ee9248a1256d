using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using PixelPipeline.Local.BigQuery.Rest;
using PixelPipeline.Local.BigQuery.Sql;
using PixelPipeline.Local.BigQuery.Sql.Types;

namespace PixelPipeline.Local.BigQuery.Queries;

/// <summary>The Job resource (https://cloud.google.com/bigquery/docs/reference/rest/v2/Job).</summary>
internal static class JobResource
{
    /// <summary>The whole resource.</summary>
    public static JsonObject Full(HttpContext context, QueryJob job)
    {
        var resource = Summary(job);
        resource["etag"] = ResourceJson.ETag(job.Id, job.EndedMs ?? 0);
        resource["selfLink"] = ResourceJson.SelfLink(context, $"projects/{job.Request.ProjectId}/jobs/{job.Id}?location=US");
        return resource;
    }

    /// <summary>What a list has of it.</summary>
    public static JsonObject Summary(QueryJob job)
    {
        var state = job.IsDone ? "DONE" : "RUNNING";
        var status = new JsonObject { ["state"] = state };
        var summary = new JsonObject
        {
            ["kind"] = "bigquery#job",
            ["id"] = $"{job.Request.ProjectId}:US.{job.Id}",
            ["user_email"] = "local@localhost",
            ["jobReference"] = Reference(job),
            ["configuration"] = job.Request.Configuration.DeepClone(),
            ["statistics"] = Statistics(job),
            ["status"] = status,
            ["state"] = state,
        };
        if (job.Failure is { } failure)
        {
            status["errorResult"] = Error(failure);
            status["errors"] = new JsonArray(Error(failure));
        }

        return summary;
    }

    /// <summary>How other answers refer to it.</summary>
    public static JsonObject Reference(QueryJob job) => new()
    {
        ["projectId"] = job.Request.ProjectId,
        ["jobId"] = job.Id,
        ["location"] = "US",
    };

    /// <summary>The columns as a table's schema.</summary>
    public static JsonObject Schema(IReadOnlyList<QueryColumn> columns) => new()
    {
        ["fields"] = new JsonArray([.. columns.Select(c => new JsonObject { ["name"] = c.Name, ["type"] = c.Type.WireName(), ["mode"] = "NULLABLE" })]),
    };

    private static JsonObject Statistics(QueryJob job)
    {
        var query = new JsonObject
        {
            ["statementType"] = "SELECT",
            ["totalBytesProcessed"] = "0",
            ["totalBytesBilled"] = "0",
            ["cacheHit"] = false,
            ["schema"] = Schema(job.Columns),
            ["referencedTables"] = new JsonArray([.. job.Referenced.Distinct().Select(t => new JsonObject
            {
                ["projectId"] = t.Project,
                ["datasetId"] = t.Dataset,
                ["tableId"] = t.Table,
            })]),
        };
        var statistics = new JsonObject
        {
            ["creationTime"] = ResourceJson.Int64(job.CreatedMs),
            ["startTime"] = ResourceJson.Int64(job.CreatedMs),
            ["totalBytesProcessed"] = "0",
            ["query"] = query,
        };
        if (job.EndedMs is { } ended)
        {
            statistics["endTime"] = ResourceJson.Int64(ended);
        }

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
