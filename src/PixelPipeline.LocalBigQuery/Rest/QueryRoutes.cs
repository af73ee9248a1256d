using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Queries;
using PixelPipeline.LocalBigQuery.Values;

namespace PixelPipeline.LocalBigQuery.Rest;

/// <summary>The methods of <c>jobs</c> that are for queries alone: <c>query</c> and <c>getQueryResults</c>.</summary>
internal sealed class QueryRoutes(QueryJobs jobs)
{
    private const string Queries = "/projects/{project}/queries";
    private static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(200);

    /// <summary>Adds the endpoints.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Queries, QueryAsync);
        routes.MapGet(Queries + "/{job}", ResultsAsync);
    }

    private async Task QueryAsync(HttpContext context)
    {
        var body = await JsonBody.ReadResourceAsync(context.Request);
        var options = body["formatOptions"] as JsonObject;
        var timestamps = options is not null && RequestJson.Flag(options, "useInt64Timestamp") ? TimestampFormat.Int64Microseconds : TimestampFormat.FloatSeconds;
        var limit = (int)Math.Clamp(RequestJson.Number(body["maxResults"]) ?? ResultPage.MaximumRows, 0, ResultPage.MaximumRows);
        var job = jobs.Start(QueryRequest.OfQuery(Project(context), body));
        await job.WaitAsync(Wait(RequestJson.Number(body["timeoutMs"])), context.RequestAborted);
        await new ResultPage("bigquery#queryResponse", 0, limit, timestamps).WriteAsync(context, job);
    }

    private async Task ResultsAsync(HttpContext context)
    {
        var job = jobs.Find(Project(context), ResourceIds.Job((string?)context.GetRouteValue("job")));
        await job.WaitAsync(Wait(Paging.Number(context, "timeoutMs")), context.RequestAborted);
        var limit = Paging.MaxResults(context, ResultPage.MaximumRows);
        await new ResultPage("bigquery#getQueryResultsResponse", ResultPage.Start(context, job), limit, TableDataRoutes.Timestamps(context)).WriteAsync(context, job);
    }

    private static string Project(HttpContext context) => ResourceIds.Project((string?)context.GetRouteValue("project"));

    private static TimeSpan Wait(long? milliseconds) =>
        milliseconds is { } wanted ? TimeSpan.FromMilliseconds(Math.Clamp(wanted, 0, LongestWait.TotalMilliseconds)) : UsualWait;
}
