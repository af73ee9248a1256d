using Google.Apis.Bigquery.v2.Data;

namespace Google.Cloud.BigQuery.V2;

/// <summary>A job, as it was when it was started or asked for.</summary>
public sealed class BigQueryJob
{
    private readonly BigQueryClient _client;

    internal BigQueryJob(BigQueryClient client, Job resource) => (_client, Resource) = (client, resource);

    public Job Resource { get; }

    public JobReference Reference => Resource.JobReference;

    public JobState State => Status.State switch
    {
        "DONE" => JobState.Done,
        "PENDING" => JobState.Pending,
        "RUNNING" => JobState.Running,
        _ => throw new ArgumentException($"{Status.State} is no state of a job."),
    };

    public JobStatistics Statistics => Resource.Statistics;

    /// <summary>The state and the errors: a job that is done may have failed.</summary>
    public JobStatus Status => Resource.Status;

    public Task<BigQueryResults> GetQueryResultsAsync(GetQueryResultsOptions options = null, CancellationToken cancellationToken = default) =>
        _client.GetQueryResultsAsync(this, options, cancellationToken);
}
