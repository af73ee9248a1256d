using System.Net;
using System.Security.Cryptography;
using System.Text;
using Google;
using Google.Apis.Bigquery.v2.Data;
using Google.Cloud.BigQuery.V2;
using Microsoft.Extensions.Logging;
using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace PixelPipeline.GoogleCloud.BigQuery.Loading;

/// <summary>
/// Loads rows into a table by load jobs, which cost nothing: all rows of a job or none. A job's id is made of its rows
/// and the table, and BigQuery runs an id once, so that rows are loaded once however often they are sent. Not safe for
/// concurrent use.
/// </summary>
/// <seealso href="https://cloud.google.com/bigquery/docs/batch-loading-data"/>
public sealed class TableLoader
{
    private const int MaxFailedJobs = 5;

    // No delivery waits for an import, and an upload over a slow line takes its time.
    private static readonly TimeSpan CallLimit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan AttemptLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(4);

    private readonly BigQueryClient _client;
    private readonly string _datasetId;
    private readonly TimeProvider _time;
    private readonly ILogger<TableLoader> _logger;
    private readonly BigQueryRetry _retry;
    private Target? _target;

    /// <summary>A loader for one table; nothing is asked of BigQuery until the first job.</summary>
    /// <param name="client">As <see cref="BigQueryEndpoint.CreateClient"/> makes it.</param>
    /// <param name="datasetId">The dataset; jobs run where it is kept.</param>
    /// <param name="table">An existing table.</param>
    /// <param name="meter">Is told of retries.</param>
    /// <param name="time">Times pauses and deadlines.</param>
    /// <param name="logger">Told of jobs that failed and are tried again.</param>
    public TableLoader(BigQueryClient client, string datasetId, TableName table, PipelineMeter meter, TimeProvider time, ILogger<TableLoader> logger)
    {
        _client = client;
        _datasetId = datasetId;
        Table = table;
        _time = time;
        _logger = logger;
        _retry = new BigQueryRetry(meter, time, AttemptLimit);
    }

    /// <summary>The table that is loaded.</summary>
    public TableName Table { get; }

    /// <summary>Loads rows and returns once they stand in the table.</summary>
    /// <param name="hash">A SHA-256 that only these rows have.</param>
    /// <param name="rows">Lines of JSON, plain or gzip; a stream that can be read again.</param>
    /// <param name="cancellationToken">Gives up; whether the rows are loaded is then unknown.</param>
    /// <returns>False where they were loaded before, and so were not loaded again.</returns>
    /// <exception cref="RowNotCommittedException">No row is loaded; the message says why.</exception>
    public async Task<bool> LoadAsync(byte[] hash, Stream rows, CancellationToken cancellationToken)
    {
        try
        {
            var target = _target ??= await CallAsync(FindTargetAsync, cancellationToken);
            var jobId = target.JobIdOf(hash);
            for (int run = 0, failed = 0; ; run++)
            {
                var id = run == 0 ? jobId : FormattableString.Invariant($"{jobId}_{run}"); // the id of a job that failed stays taken
                var (job, isNew) = await SendAsync(target, id, rows, cancellationToken);
                job = await CompleteAsync(job, cancellationToken);
                if (job.Status.ErrorResult is not { } error)
                {
                    return isNew;
                }

                if (isNew)
                {
                    await PauseUnlessLastAsync(job, error, ++failed, cancellationToken);
                }
            }
        }
        catch (Exception e) when (BigQueryFailure.Classify(e) is not null)
        {
            throw new RowNotCommittedException($"The table {_datasetId}.{Table.Id} cannot be loaded: {BigQueryFailure.MessageOf(e)}", e);
        }
    }

    private async Task<Target> FindTargetAsync(CancellationToken cancellationToken)
    {
        var dataset = await _client.GetDatasetAsync(_datasetId, cancellationToken: cancellationToken);
        var table = await _client.GetTableAsync(_datasetId, Table.Id, cancellationToken: cancellationToken);
        return new Target(dataset.Resource.Location, table.Resource);
    }

    private async Task<(BigQueryJob Job, bool IsNew)> SendAsync(Target target, string id, Stream rows, CancellationToken cancellationToken)
    {
        var attempts = 0;
        var isTaken = false;
        var job = await CallAsync(async ct =>
        {
            attempts++;
            try
            {
                return await UploadAsync(target, id, rows, ct);
            }
            catch (GoogleApiException e) when (e.HttpStatusCode == HttpStatusCode.Conflict)
            {
                isTaken = true;
                return await _client.GetJobAsync(new JobReference { ProjectId = _client.ProjectId, JobId = id, Location = target.Location }, cancellationToken: ct);
            }
        }, cancellationToken);

        // Taken at a later attempt: the answer to an earlier one was lost, and the job is this import's own.
        return (job, IsNew: !isTaken || attempts > 1);
    }

    private async Task<BigQueryJob> UploadAsync(Target target, string id, Stream rows, CancellationToken cancellationToken)
    {
        var options = new UploadJsonOptions { JobId = id, JobLocation = target.Location, CreateDisposition = CreateDisposition.CreateNever };
        rows.Position = 0;
        return await _client.UploadJsonAsync(_datasetId, Table.Id, target.Table.Schema, rows, options, cancellationToken);
    }

    private async Task<BigQueryJob> CompleteAsync(BigQueryJob job, CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; job.State != JobState.Done; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            await Task.Delay(pause, _time, cancellationToken);
            job = await CallAsync(ct => _client.GetJobAsync(job.Reference, cancellationToken: ct), cancellationToken);
        }

        return job;
    }

    private Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        _retry.ExecuteAsync(_retry.StartDeadline(CallLimit), call, cancellationToken);

    private async Task PauseUnlessLastAsync(BigQueryJob job, ErrorProto error, int failed, CancellationToken cancellationToken)
    {
        if (!BigQueryFailure.IsRetryable(error.Reason) || failed == MaxFailedJobs)
        {
            throw new RowNotCommittedException($"The load job {job.Reference.JobId} failed, and none of its rows is loaded: {MessageOf(job.Status)}");
        }

        _logger.LogWarning("The load job {JobId} failed ({Reason}) and is run again", job.Reference.JobId, error.Reason);
        await Task.Delay(LongestPause * failed, _time, cancellationToken);
    }

    // The first error says that there are errors, the others which.
    private static string MessageOf(JobStatus status) => BigQueryFailure.OneLine(
        string.Join(' ', ((IEnumerable<ErrorProto>)[status.ErrorResult, .. status.Errors ?? []]).Select(e => e.Message).Distinct().Take(4)));

    private sealed record Target(string Location, Table Table)
    {
        // A table that was deleted and made again has none of the rows, and so its jobs have other ids.
        public string JobIdOf(byte[] hash)
        {
            var name = Table.TableReference;
            var text = FormattableString.Invariant($"{name.ProjectId}.{name.DatasetId}.{name.TableId} {Table.CreationTime} {Convert.ToHexStringLower(hash)}");
            return "pixel_import_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
        }
    }
}
