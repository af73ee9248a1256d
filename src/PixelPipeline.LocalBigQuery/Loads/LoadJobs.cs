using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Changes;
using PixelPipeline.LocalBigQuery.Jobs;
using PixelPipeline.LocalBigQuery.Loads.Uploads;
using PixelPipeline.LocalBigQuery.Storage;

namespace PixelPipeline.LocalBigQuery.Loads;

/// <summary>
/// Runs load jobs, one after the other: each is one transaction. How a load ended is remembered for good, and so its id
/// can't be used again. A load that is under way when the process ends is gone whole, its id with it.
/// </summary>
internal sealed class LoadJobs(Database database, WriteQueue writes, JobRegister register, TimeProvider time, ILogger log)
{
    private const int MaximumAttempts = 5;

    private readonly TaskScheduler _scheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
    private readonly LoadCommit _commit = new(time);
    private volatile bool _stopping;

    /// <summary>Starts a job, which takes the file over; the caller keeps it when this throws.</summary>
    /// <exception cref="ApiException">409: there is a job of that id. 403: too many jobs are under way.</exception>
    public LoadJob Start(LoadRequest request, UploadFile file)
    {
        var job = new LoadJob(request, file, time.GetUtcNow().ToUnixTimeMilliseconds());
        register.Add(job);

        // The scheduler is hidden: what the run waits for must not wait in turn for the place that the run has.
        _ = Task.Factory.StartNew(() => Run(job), CancellationToken.None, TaskCreationOptions.HideScheduler, _scheduler);
        return job;
    }

    /// <summary>Ends once the jobs that were started are over, and keeps the end of those that are cut off to itself.</summary>
    public Task StopAsync()
    {
        _stopping = true;
        return Task.Factory.StartNew(() => { }, CancellationToken.None, TaskCreationOptions.None, _scheduler);
    }

    private void Run(LoadJob job)
    {
        try
        {
            job.End(Load(job));
            register.Release(job);
        }
        catch (Exception e)
        {
            job.Restart();
            job.End(job.OutcomeOf(ToFailure(e), time.GetUtcNow().ToUnixTimeMilliseconds()));
        }
        finally
        {
            job.File.Dispose();
        }
    }

    private ApiException ToFailure(Exception exception)
    {
        if (_stopping)
        {
            return ApiException.Unavailable();
        }

        log.LogError(exception, "The local BigQuery failed at a load; nothing of it was added");
        return exception is SqliteException ? ApiException.Unavailable() : ApiException.Internal();
    }

    private JobOutcome Load(LoadJob job)
    {
        try
        {
            for (var attempt = 0; attempt < MaximumAttempts; attempt++)
            {
                if (TryLoad(job) is { } outcome)
                {
                    return outcome;
                }

                job.Restart();
            }

            throw ApiException.Unavailable(); // the table was changed each time
        }
        catch (ApiException failure) when (!_stopping)
        {
            return Write(session => _commit.Refuse(session, job, failure));
        }
    }

    private JobOutcome? TryLoad(LoadJob job)
    {
        var target = database.Read(session => TableTarget.Find(session, job.Request.To));
        using var feed = new RowFeed(job, target, log);
        return Write(session => _commit.TryApply(session, job, target, feed));
    }

    private T Write<T>(Func<SqlSession, T> work) => writes.RunAsync(work, CancellationToken.None).GetAwaiter().GetResult();
}
