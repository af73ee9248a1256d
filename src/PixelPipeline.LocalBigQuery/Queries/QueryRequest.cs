using System.Text.Json.Nodes;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Changes;
using PixelPipeline.LocalBigQuery.Loads;
using PixelPipeline.LocalBigQuery.Sql;

namespace PixelPipeline.LocalBigQuery.Queries;

/// <summary>A query as a client asks for it.</summary>
/// <param name="ProjectId">In whose name it runs.</param>
/// <param name="JobId">The client's name for the job; null to be given one.</param>
/// <param name="Configuration">The job's configuration, as answers repeat it.</param>
/// <param name="Sql">The statement.</param>
/// <param name="DefaultDataset">For tables named by themselves; null for none.</param>
/// <param name="Parameters">For @name and ?.</param>
/// <param name="DryRun">Whether it is only checked.</param>
/// <param name="Timeout">How long it may run.</param>
/// <param name="To">The table that its rows go to as well; null for none.</param>
internal sealed record QueryRequest(
    string ProjectId,
    string? JobId,
    JsonObject Configuration,
    string Sql,
    string? DefaultDataset,
    IReadOnlyList<QueryParameter> Parameters,
    bool DryRun,
    TimeSpan Timeout,
    Destination? To)
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(10);

    /// <summary>The body of <c>jobs.query</c>.</summary>
    /// <exception cref="ApiException">400: something in it is wrong or not offered.</exception>
    public static QueryRequest OfQuery(string projectId, JsonObject body) =>
        Of(projectId, null, body, RequestJson.Flag(body, "dryRun"), body["jobTimeoutMs"]);

    /// <summary>The body of <c>jobs.insert</c>.</summary>
    /// <exception cref="ApiException">400: something in it is wrong, or it is a load without its file.</exception>
    public static QueryRequest OfJob(string projectId, JsonObject body)
    {
        var configuration = body["configuration"] as JsonObject ?? throw ApiException.Invalid("Required parameter is missing: configuration");
        if (configuration.TryGetPropertyValue("load", out var load))
        {
            throw LoadRequest.WithoutFile(load);
        }

        var query = configuration["query"] as JsonObject ?? throw ApiException.Invalid("Required parameter is missing: configuration.query");
        var jobId = body["jobReference"] is JsonObject reference ? RequestJson.Of(reference, "jobId") : null;
        return Of(projectId, jobId, query, RequestJson.Flag(configuration, "dryRun"), configuration["jobTimeoutMs"]);
    }

    private static QueryRequest Of(string projectId, string? jobId, JsonObject query, bool dryRun, JsonNode? timeout)
    {
        // Without a word on it a query is in legacy SQL, here as over Google's REST API.
        if (query["useLegacySql"] is null || RequestJson.Flag(query, "useLegacySql"))
        {
            throw ApiException.Invalid("The local BigQuery offers GoogleSQL only: set useLegacySql to false (bq: --nouse_legacy_sql).", "useLegacySql");
        }

        var sql = RequestJson.Of(query, "query");
        if (string.IsNullOrWhiteSpace(sql))
        {
            throw ApiException.Invalid("Required parameter is missing: query", "query");
        }

        var dataset = query["defaultDataset"] is JsonObject reference ? ResourceIds.Dataset(RequestJson.Of(reference, "datasetId")) : null;
        return new QueryRequest(
            projectId,
            jobId is null ? null : ResourceIds.Job(jobId),
            Repeated(query, sql, dryRun),
            sql,
            dataset,
            QueryParameters.Read(query["queryParameters"]),
            dryRun,
            RequestJson.Number(timeout) is { } ms and > 0 and < 600_000 ? TimeSpan.FromMilliseconds(ms) : LongestRun,
            query["destinationTable"] is null ? null : DestinationJson.Read(projectId, query, null, WriteDisposition.Empty));
    }

    private static JsonObject Repeated(JsonObject query, string sql, bool dryRun)
    {
        var repeated = new JsonObject { ["query"] = sql, ["useLegacySql"] = false, ["priority"] = "INTERACTIVE" };
        foreach (var name in (string[])["defaultDataset", "parameterMode", "queryParameters", "destinationTable", "createDisposition", "writeDisposition"])
        {
            if (query[name] is { } value)
            {
                repeated[name] = value.DeepClone();
            }
        }

        var configuration = new JsonObject { ["jobType"] = "QUERY", ["query"] = repeated };
        if (dryRun)
        {
            configuration["dryRun"] = true;
        }

        return configuration;
    }
}
