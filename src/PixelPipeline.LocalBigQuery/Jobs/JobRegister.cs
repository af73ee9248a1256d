using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Storage;

namespace PixelPipeline.LocalBigQuery.Jobs;

/// <summary>
/// All jobs by their names: the ones under way, the latest queries, which are remembered until the process ends, and the
/// loads that are done, which the database remembers for good.
/// </summary>
/// <param name="database">What remembers loads.</param>
/// <param name="writes">What forgets them.</param>
/// <param name="resultBytesKept">How large the results of all queries may be together.</param>
internal sealed class JobRegister(Database database, WriteQueue writes, long resultBytesKept) : IDisposable
{
    /// <summary>How many jobs are remembered outside of the database. Older ones go as new ones come.</summary>
    public const int Kept = 200;

    /// <summary>How many jobs of the database a list has.</summary>
    public const int Listed = 1000;

    private readonly Lock _gate = new();
    private readonly List<Job> _jobs = []; // the oldest first
    private bool _disposed;

    /// <summary>Takes a job in.</summary>
    /// <exception cref="ApiException">409: there is one of that id. 403: <see cref="Kept"/> jobs are under way.</exception>
    public void Add(Job job)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                throw ApiException.Unavailable();
            }

            RequireFree(job.ProjectId, job.Id, job.Location);
            MakeRoom();
            _jobs.Add(job);
        }
    }

    /// <summary>Refuses an id that is taken.</summary>
    /// <exception cref="ApiException">409.</exception>
    public void RequireFree(string projectId, string jobId, string location)
    {
        lock (_gate)
        {
            // A job that ends is in the database before it is let go here, so that this order misses none.
            if (_jobs.Exists(j => IsCalled(j, projectId, jobId)) || database.Read(session => JobCatalog.Exists(session, projectId, jobId)))
            {
                throw ApiException.Duplicate("Job", $"{projectId}:{location}.{jobId}");
            }
        }
    }

    /// <summary>The job of this id.</summary>
    /// <exception cref="ApiException">404: there is none, or it has been forgotten.</exception>
    public Job Find(string projectId, string jobId)
    {
        lock (_gate)
        {
            if (_jobs.Find(j => IsCalled(j, projectId, jobId)) is { } job)
            {
                return job;
            }
        }

        return database.Read(session => JobCatalog.Find(session, projectId, jobId)) is { } stored
            ? StoredJob.Of(stored)
            : throw ApiException.NotFound("Job", $"{projectId}:{jobId}");
    }

    /// <summary>The project's jobs, the latest first.</summary>
    public IReadOnlyList<Job> List(string projectId)
    {
        List<Job> jobs;
        lock (_gate)
        {
            jobs = [.. _jobs.Where(j => j.ProjectId == projectId).Reverse()];
        }

        var stored = database.Read(session => JobCatalog.Latest(session, projectId, Listed)).Select(StoredJob.Of);
        return [.. jobs.Concat(stored).DistinctBy(job => job.Id).OrderByDescending(job => job.CreatedMs)];
    }

    /// <summary>Lets go of a job that the database remembers.</summary>
    public void Release(Job job)
    {
        lock (_gate)
        {
            _jobs.Remove(job);
        }
    }

    /// <summary>Forgets the oldest queries until the results of those that are left are within their bound.</summary>
    public void ForgetLargeResults()
    {
        lock (_gate)
        {
            for (var bytes = _jobs.Sum(job => job.ResultBytes); bytes > resultBytesKept; bytes = _jobs.Sum(job => job.ResultBytes))
            {
                Forget(_jobs.Find(job => job.ResultBytes > 0)!);
            }
        }
    }

    /// <summary>Forgets all queries that are done, with their results.</summary>
    public void ForgetDone()
    {
        lock (_gate)
        {
            foreach (var job in _jobs.FindAll(job => job.IsDone))
            {
                Forget(job);
            }
        }
    }

    /// <summary>Forgets a job that is done.</summary>
    /// <exception cref="ApiException">404: there is none. 400: it is still under way.</exception>
    public async Task DeleteAsync(string projectId, string jobId, CancellationToken cancellationToken)
    {
        var job = Find(projectId, jobId);
        if (!job.IsDone)
        {
            throw ApiException.Invalid("Job is not done: cancel it first.");
        }

        Release(job);
        job.Dispose();
        await writes.RunAsync(session => JobCatalog.Remove(session, projectId, jobId), cancellationToken);
    }

    /// <summary>Stops what is under way and drops all results.</summary>
    public void Dispose()
    {
        List<Job> jobs;
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

    private static bool IsCalled(Job job, string projectId, string jobId) => job.Id == jobId && job.ProjectId == projectId;

    private void MakeRoom()
    {
        if (_jobs.Count < Kept)
        {
            return;
        }

        var oldest = _jobs.Find(j => j.IsDone)
            ?? throw new ApiException(403, "quotaExceeded", $"Quota exceeded: more than {Kept} jobs are under way.");
        Forget(oldest);
    }

    private void Forget(Job job)
    {
        _jobs.Remove(job);
        job.Dispose();
    }
}
