using PixelPipeline.Local.BigQuery.Rest;

namespace PixelPipeline.Local.BigQuery.Jobs;

/// <summary>All jobs by their names. The latest are remembered until the process ends.</summary>
internal sealed class JobRegister : IDisposable
{
    /// <summary>How many jobs are remembered. Older ones go as new ones come.</summary>
    public const int Kept = 200;

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

            if (_jobs.Exists(j => IsCalled(j, job.ProjectId, job.Id)))
            {
                throw ApiException.Duplicate("Job", $"{job.ProjectId}:{job.Location}.{job.Id}");
            }

            MakeRoom();
            _jobs.Add(job);
        }
    }

    /// <summary>The job of this id.</summary>
    /// <exception cref="ApiException">404: there is none, or it has been forgotten.</exception>
    public Job Find(string projectId, string jobId)
    {
        lock (_gate)
        {
            return _jobs.Find(j => IsCalled(j, projectId, jobId)) ?? throw ApiException.NotFound("Job", $"{projectId}:{jobId}");
        }
    }

    /// <summary>The project's jobs, the latest first.</summary>
    public IReadOnlyList<Job> List(string projectId)
    {
        lock (_gate)
        {
            return [.. _jobs.Where(j => j.ProjectId == projectId).Reverse()];
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
        _jobs.Remove(oldest);
        oldest.Dispose();
    }
}
