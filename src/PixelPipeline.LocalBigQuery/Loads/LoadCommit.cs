using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Changes;
using PixelPipeline.LocalBigQuery.Jobs;
using PixelPipeline.LocalBigQuery.Storage;

namespace PixelPipeline.LocalBigQuery.Loads;

/// <summary>Puts a load's rows into their table, together with the word that it is done. Its work runs on the writer's thread.</summary>
internal sealed class LoadCommit(TimeProvider time)
{
    /// <summary>
    /// Adds all rows and remembers the job; null, and nothing done, when the table is no longer what the rows are checked
    /// against.
    /// </summary>
    /// <exception cref="ApiException">The load fails.</exception>
    public JobOutcome? TryApply(SqlSession session, LoadJob job, TableTarget target, RowFeed feed)
    {
        if (target.Claim(session, Now) is not { } tableKey)
        {
            return null;
        }

        job.Counts = Append(session, tableKey, target, feed);
        var outcome = job.OutcomeOf(null, Now);
        return Remember(session, job, outcome) ? outcome : throw ApiException.Duplicate("Job", $"{job.ProjectId}:{job.Location}.{job.Id}");
    }

    /// <summary>Remembers a job that failed.</summary>
    public JobOutcome Refuse(SqlSession session, LoadJob job, ApiException failure)
    {
        job.Counts = null;
        var outcome = job.OutcomeOf(failure, Now);
        _ = Remember(session, job, outcome);
        return outcome;
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static LoadCounts Append(SqlSession session, long tableKey, TableTarget target, RowFeed feed)
    {
        using var appender = new RowAppender(session, tableKey);
        var (rows, bytes) = (0L, 0L);
        foreach (var chunk in feed.Chunks())
        {
            for (var i = 0; i < chunk.Count; i++)
            {
                appender.Add(chunk[i]);
            }

            (rows, bytes) = (rows + chunk.Count, bytes + chunk.LogicalBytes);
        }

        target.CheckRows(session, tableKey, appender.First);
        appender.AddBytes(bytes);
        return new LoadCounts(rows, bytes);
    }

    private static bool Remember(SqlSession session, LoadJob job, JobOutcome outcome) =>
        JobCatalog.TryAdd(session, job.ProjectId, job.Id, job.CreatedMs, JobResource.Summary(job, outcome).ToJsonString());
}
