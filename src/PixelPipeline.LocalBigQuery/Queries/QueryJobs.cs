using Microsoft.Extensions.Logging;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Jobs;
using PixelPipeline.LocalBigQuery.Sql;

namespace PixelPipeline.LocalBigQuery.Queries;

/// <summary>Runs query jobs, a few at a time.</summary>
internal sealed class QueryJobs(JobRegister register, GoogleSqlEngine engine, StatementRunner runner, TimeProvider time, ILogger log)
{
    private readonly TaskScheduler _scheduler =
        new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, Math.Max(2, Environment.ProcessorCount)).ConcurrentScheduler;

    /// <summary>Starts a job.</summary>
    /// <exception cref="ApiException">409: there is one of that id. 403: too many jobs are under way.</exception>
    public QueryJob Start(QueryRequest request)
    {
        var job = new QueryJob(request.JobId ?? $"job_{Guid.NewGuid():N}", request, Now);
        register.Add(job);

        // The scheduler is hidden: what the run waits for must not wait in turn for the place that the run has.
        _ = Task.Factory.StartNew(() => Run(job), CancellationToken.None, TaskCreationOptions.HideScheduler, _scheduler);
        return job;
    }

    /// <summary>The query job of this id.</summary>
    /// <exception cref="ApiException">404: there is none, or it has been forgotten. 400: it is no query.</exception>
    public QueryJob Find(string projectId, string jobId) => register.Find(projectId, jobId) as QueryJob
        ?? throw ApiException.Invalid($"Cannot return results for job {projectId}:{jobId}: it is not a query job.");

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private void Run(QueryJob job)
    {
        try
        {
            job.Run(engine, runner, time);
            register.ForgetLargeResults();
        }
        catch (Exception e)
        {
            log.LogError(e, "The local BigQuery failed at a query");
            job.End(JobOutcome.Failed(ApiException.Internal(), Now));
        }
    }
}
