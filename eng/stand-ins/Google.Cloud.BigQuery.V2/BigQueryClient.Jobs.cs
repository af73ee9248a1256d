using Google.Apis.Bigquery.v2.Data;

namespace Google.Cloud.BigQuery.V2;

public abstract partial class BigQueryClient
{
    public virtual JobReference GetJobReference(string jobId) => GetJobReference(ProjectId, jobId);

    public virtual JobReference GetJobReference(string projectId, string jobId) => GetJobReference(projectId, jobId, DefaultLocation);

    public virtual JobReference GetJobReference(string projectId, string jobId, string location) =>
        new() { ProjectId = projectId, JobId = jobId, Location = location };

    public virtual Task<BigQueryJob> GetJobAsync(
        string jobId, GetJobOptions options = null, CancellationToken cancellationToken = default) =>
        GetJobAsync(GetJobReference(jobId), options, cancellationToken);

    public virtual Task<BigQueryJob> GetJobAsync(
        string projectId, string jobId, GetJobOptions options = null, CancellationToken cancellationToken = default) =>
        GetJobAsync(GetJobReference(projectId, jobId), options, cancellationToken);

    public virtual Task<BigQueryJob> GetJobAsync(
        JobReference jobReference, GetJobOptions options = null, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    public virtual Task<BigQueryJob> UploadJsonAsync(
        string datasetId,
        string tableId,
        TableSchema schema,
        Stream input,
        UploadJsonOptions options = null,
        CancellationToken cancellationToken = default) =>
        UploadJsonAsync(GetTableReference(datasetId, tableId), schema, input, options, cancellationToken);

    public virtual Task<BigQueryJob> UploadJsonAsync(
        string projectId,
        string datasetId,
        string tableId,
        TableSchema schema,
        Stream input,
        UploadJsonOptions options = null,
        CancellationToken cancellationToken = default) =>
        UploadJsonAsync(GetTableReference(projectId, datasetId, tableId), schema, input, options, cancellationToken);

    /// <summary>Starts a load job of what is read from the stream; without a schema that of the table is asked for first.</summary>
    public virtual Task<BigQueryJob> UploadJsonAsync(
        TableReference tableReference,
        TableSchema schema,
        Stream input,
        UploadJsonOptions options = null,
        CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual async Task<BigQueryResults> ExecuteQueryAsync(
        string sql,
        IEnumerable<BigQueryParameter> parameters,
        QueryOptions queryOptions = null,
        GetQueryResultsOptions resultsOptions = null,
        CancellationToken cancellationToken = default)
    {
        var job = await CreateQueryJobAsync(sql, parameters, queryOptions, cancellationToken);
        return await job.GetQueryResultsAsync(resultsOptions, cancellationToken);
    }

    public virtual Task<BigQueryJob> CreateQueryJobAsync(
        string sql,
        IEnumerable<BigQueryParameter> parameters,
        QueryOptions options = null,
        CancellationToken cancellationToken = default) => throw new NotImplementedException();

    internal virtual Task<BigQueryResults> GetQueryResultsAsync(
        BigQueryJob job, GetQueryResultsOptions options, CancellationToken cancellationToken) => throw new NotImplementedException();
}
