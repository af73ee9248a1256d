using Microsoft.Extensions.Logging;
using PixelPipeline.Local.BigQuery.Rest;
using PixelPipeline.Local.BigQuery.Sql;

namespace PixelPipeline.Local.BigQuery.Queries;

/// <summary>
/// The query jobs: a few run at a time, the latest are remembered with their results, and all of it is forgotten when
/// the process ends.
/// </summary>
internal sealed class QueryJobs(GoogleSqlEngine engine, TimeProvider time, ILogger log) : IDisposable
{
    /// <summary>How many jobs are remembered. Older ones go as new ones come.</summary>
    public const int Kept = 200;

    private readonly Lock _gate = new();
    private readonly List<QueryJob> _jobs = []; // the oldest first
    private readonly SemaphoreSlim _running = new(Math.Max(2, Environment.ProcessorCount));
    private bool _disposed;

    /// <summary>Starts a job.</summary>
    /// <exception cref="ApiException">409: there is one of that id. 403: <see cref="Kept"/> jobs are under way.</exception>
    public QueryJob Start(QueryRequest request)
    {
        var job = new QueryJob(request.JobId ?? $"job_{Guid.NewGuid():N}", request, time.GetUtcNow().ToUnixTimeMilliseconds());
        lock (_gate)
        {
            if (_disposed)
            {
                throw ApiException.Unavailable();
            }

            if (_jobs.Exists(j => IsCalled(j, request.ProjectId, job.Id)))
            {
                throw ApiException.Duplicate("Job", $"{request.ProjectId}:US.{job.Id}");
            }

            MakeRoom();
            _jobs.Add(job);
        }

        _ = Task.Run(() => RunAsync(job));
        return job;
    }

    /// <summary>The job of this id.</summary>
    /// <exception cref="ApiException">404: there is none, or it has been forgotten.</exception>
    public QueryJob Find(string projectId, string jobId)
    {
        lock (_gate)
        {
            return _jobs.Find(j => IsCalled(j, projectId, jobId)) ?? throw ApiException.NotFound("Job", $"{projectId}:{jobId}");
        }
    }

    /// <summary>The project's jobs, the latest first.</summary>
    public IReadOnlyList<QueryJob> List(string projectId)
    {
        lock (_gate)
        {
            return [.. _jobs.Where(j => j.Request.ProjectId == projectId).Reverse()];
        }
    }

    /// <summary>Forgets a job that is done.</summary>
    /// <exception cref="ApiException">404: there is none. 400: it is still under way.</exception>
    public void Delete(string projectId, string jobId)
    {
        var job = Find(projectId, jobId);
        lock (_gate)
        {
            if (!job.IsDone)
            {
                throw ApiException.Invalid("Job is not done: cancel it first.");
            }

            _jobs.Remove(job);
        }

        job.Dispose();
    }

    /// <summary>Stops what is under way and drops all results.</summary>
    public void Dispose()
    {
        List<QueryJob> jobs;
        lock (_gate)
        {
            _disposed = true;
            jobs = [.. _jobs];
            _jobs.Clear();
        }

        foreach (var job in jobs)
        {
            job.Cancel();
            if (job.IsDone)
            {
                job.Dispose();
            }
        }
    }

    private static bool IsCalled(QueryJob job, string projectId, string jobId) => job.Id == jobId && job.Request.ProjectId == projectId;

    private void MakeRoom()
    {
        if (_jobs.Count < Kept)
        {
            return;
        }

        var oldest = _jobs.Find(j => j.IsDone)
            ?? throw new ApiException(403, "quotaExceeded", $"Quota exceeded: more than {Kept} queries are under way.");
        _jobs.Remove(oldest);
        oldest.Dispose();
    }

    private async Task RunAsync(QueryJob job)
    {
        await _running.WaitAsync();
        try
        {
            job.Run(engine, time);
        }
        catch (Exception e)
        {
            log.LogError(e, "The local BigQuery failed at a query");
            job.Fail(new ApiException(500, "internalError", "An internal error occurred."));
        }
        finally
        {
            _running.Release();
        }
    }
}
