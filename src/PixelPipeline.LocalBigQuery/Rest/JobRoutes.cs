using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Copies;
using PixelPipeline.LocalBigQuery.Jobs;
using PixelPipeline.LocalBigQuery.Queries;

namespace PixelPipeline.LocalBigQuery.Rest;

/// <summary>The methods of <c>jobs</c> that are for all kinds (https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs).</summary>
internal sealed class JobRoutes(JobRegister register, QueryJobs queries, TableJobs tables)
{
    private const string Jobs = "/projects/{project}/jobs";

    // Most queries are done by then, which spares the client a second round; bq would wait a second before it.
    private static readonly TimeSpan ShortWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(200);

    /// <summary>Adds the endpoints.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Jobs, ListAsync);
        routes.MapPost(Jobs, InsertAsync);
        routes.MapGet(Jobs + "/{job}", context => context.WriteJsonAsync(JobResource.Full(context, Find(context))));
        routes.MapPost(Jobs + "/{job}/cancel", CancelAsync);
        routes.MapDelete(Jobs + "/{job}/delete", DeleteAsync);
    }

    /// <summary><c>jobs.insert</c> without a file.</summary>
    public async Task InsertAsync(HttpContext context)
    {
        var body = await JsonBody.ReadResourceAsync(context.Request);
        if (tables.TryStart(Project(context), body) is { } table)
        {
            await table.WaitAsync(ShortWait, context.RequestAborted);
            await context.WriteJsonAsync(JobResource.Full(context, table));
            return;
        }

        var request = QueryRequest.OfJob(Project(context), body);
        var job = queries.Start(request);
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
        var all = register.List(Project(context)).Where(j => states.Count == 0 || states.Contains(j.IsDone ? "done" : "running", StringComparer.OrdinalIgnoreCase)).ToList();
        var first = Paging.Position(context) is { } after ? all.FindIndex(j => j.Id == after) + 1 : 0;
        var limit = (int)Math.Clamp(Paging.Number(context, "maxResults") ?? Paging.UsualPage, 1, JobRegister.Listed);
        var page = all.Skip(first).Take(limit).ToList();
        var answer = new JsonObject { ["kind"] = "bigquery#jobList", ["jobs"] = new JsonArray([.. page.Select(job => job.Summary())]) };
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

    private async Task DeleteAsync(HttpContext context)
    {
        await register.DeleteAsync(Project(context), ResourceIds.Job((string?)context.GetRouteValue("job")), context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private Job Find(HttpContext context) => register.Find(Project(context), ResourceIds.Job((string?)context.GetRouteValue("job")));

    private static string Project(HttpContext context) => ResourceIds.Project((string?)context.GetRouteValue("project"));
}
