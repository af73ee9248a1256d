using Microsoft.AspNetCore.Http;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Jobs;
using PixelPipeline.LocalBigQuery.Sql;
using PixelPipeline.LocalBigQuery.Storage;

namespace PixelPipeline.LocalBigQuery.Rewriting;

/// <summary>
/// Rewrites what the local BigQuery has on the disk, so that nothing of deleted rows and tables is left in its files: SQLite keeps
/// them in free pages and in its log, the engine in its copy, and queries in their results. Google's BigQuery does the like by
/// itself, days later; here it is <c>POST /local/rewrite</c>, a method of its own.
/// </summary>
/// <seealso href="https://www.sqlite.org/lang_vacuum.html"/>
internal sealed class Rewrite(WriteQueue writes, GoogleSqlEngine engine, JobRegister jobs, TimeProvider time)
{
    /// <summary>Where it is asked for.</summary>
    public const string Path = "/local/rewrite";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Rewrites, and answers with an empty object once it is on the disk. Inserts wait meanwhile: about as long as it takes to copy the file.</summary>
    public async Task RunAsync(HttpContext context)
    {
        jobs.ForgetDone();
        engine.Renew();
        await writes.RunAloneAsync(session => session.Execute("VACUUM"), context.RequestAborted);
        await EmptyLogAsync(context.RequestAborted);
        await context.WriteJsonAsync([]);
    }

    // The log is emptied only at a moment when nobody reads from before.
    private async Task EmptyLogAsync(CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (await writes.RunAloneAsync(session => session.Integer("PRAGMA wal_checkpoint(TRUNCATE)"), cancellationToken) != 0)
        {
            if (time.GetElapsedTime(since) > Patience)
            {
                throw ApiException.Unavailable();
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }
}
