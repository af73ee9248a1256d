using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PixelPipeline.Local.BigQuery.Queries;
using PixelPipeline.Local.BigQuery.Values;

namespace PixelPipeline.Local.BigQuery.Rest;

/// <summary>The methods of <c>jobs</c> (https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs), for query jobs.</summary>
internal sealed class QueryRoutes(QueryJobs jobs)
{
    private const string Queries = "/projects/{project}/queries";
    private const string Jobs = "/projects/{project}/jobs";
    private const int UsualPage = 50;
    private static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(10);

    // Most queries are done by then, which spares the client a second round; bq would wait a second before it.
    private static readonly TimeSpan ShortWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(200);

    /// <summary>Adds the endpoints.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Queries, QueryAsync);
        routes.MapGet(Queries + "/{job}", ResultsAsync);
        routes.MapGet(Jobs, ListAsync);
        routes.MapPost(Jobs, InsertAsync);
        routes.MapPost("/upload/bigquery/v2" + Jobs, InsertAsync);
        routes.MapGet(Jobs + "/{job}", context => context.WriteJsonAsync(JobResource.Full(context, Find(context))));
        routes.MapPost(Jobs + "/{job}/cancel", CancelAsync);
        routes.MapDelete(Jobs + "/{job}/delete", DeleteAsync);
    }

    private async Task QueryAsync(HttpContext context)
    {
        var body = await JsonBody.ReadResourceAsync(context.Request);
        var options = body["formatOptions"] as JsonObject;
        var timestamps = options is not null && QueryRequest.Flag(options, "useInt64Timestamp") ? TimestampFormat.Int64Microseconds : TimestampFormat.FloatSeconds;
        var limit = (int)Math.Clamp(QueryRequest.Number(body["maxResults"]) ?? ResultPage.MaximumRows, 0, ResultPage.MaximumRows);
        var job = jobs.Start(QueryRequest.OfQuery(Project(context), body));
        await job.WaitAsync(Wait(QueryRequest.Number(body["timeoutMs"])), context.RequestAborted);
        await new ResultPage("bigquery#queryResponse", 0, limit, timestamps).WriteAsync(context, job);
    }

    private async Task ResultsAsync(HttpContext context)
    {
        var job = Find(context);
        await job.WaitAsync(Wait(Paging.Number(context, "timeoutMs")), context.RequestAborted);
        var limit = Paging.MaxResults(context, ResultPage.MaximumRows);
        await new ResultPage("bigquery#getQueryResultsResponse", ResultPage.Start(context, job), limit, TableDataRoutes.Timestamps(context)).WriteAsync(context, job);
    }

    private async Task InsertAsync(HttpContext context)
    {
        var request = QueryRequest.OfJob(Project(context), await JsonBody.ReadResourceAsync(context.Request));
        var job = jobs.Start(request);
        await job.WaitAsync(request.DryRun ? LongestWait : ShortWait, context.RequestAborted);
        if (request.DryRun && job.Failure is { } failure)
        {
            throw new ApiException(failure.Status, failure.Reason, failure.Message, failure.Location);
        }

        await context.WriteJsonAsync(JobResource.Full(context, job));
    }

    private Task ListAsync(HttpContext context)
    {
        var states = context.Request.Query["stateFilter"];
        var all = jobs.List(Project(context)).Where(j => states.Count == 0 || states.Contains(j.IsDone ? "done" : "running", StringComparer.OrdinalIgnoreCase)).ToList();
        var first = Paging.Position(context) is { } after ? all.FindIndex(j => j.Id == after) + 1 : 0;
        var limit = (int)Math.Clamp(Paging.Number(context, "maxResults") ?? UsualPage, 1, QueryJobs.Kept);
        var page = all.Skip(first).Take(limit).ToList();
        var answer = new JsonObject { ["kind"] = "bigquery#jobList", ["jobs"] = new JsonArray([.. page.Select(JobResource.Summary)]) };
        if (first + page.Count < all.Count)
        {
            answer["nextPageToken"] = Paging.Token(page[^1].Id);
        }

        return context.WriteJsonAsync(answer);
    }

    private Task CancelAsync(HttpContext context)
    {
        var job = Find(context);
        job.Cancel();
        return context.WriteJsonAsync(new JsonObject { ["kind"] = "bigquery#jobCancelResponse", ["job"] = JobResource.Full(context, job) });
    }

    private Task DeleteAsync(HttpContext context)
    {
        jobs.Delete(Project(context), ResourceIds.Job((string?)context.GetRouteValue("job")));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private QueryJob Find(HttpContext context) => jobs.Find(Project(context), ResourceIds.Job((string?)context.GetRouteValue("job")));

    private static string Project(HttpContext context) => ResourceIds.Project((string?)context.GetRouteValue("project"));

    private static TimeSpan Wait(long? milliseconds) =>
        milliseconds is { } wanted ? TimeSpan.FromMilliseconds(Math.Clamp(wanted, 0, LongestWait.TotalMilliseconds)) : UsualWait;
}
