using Google.Apis.Bigquery.v2;
using Google.Apis.Bigquery.v2.Data;
using Google.Apis.Http;

namespace Google.Cloud.BigQuery.V2;

internal sealed partial class RestBigQueryClient
{
    public override async Task<BigQueryJob> GetJobAsync(
        JobReference jobReference, GetJobOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(jobReference);
        var request = Retriable(new BigqueryRequest<Job>(service, HttpConsts.Get, BigqueryPaths.Job)
        {
            ProjectId = jobReference.ProjectId,
            JobId = jobReference.JobId,
            Location = jobReference.Location,
            PrettyPrint = prettyPrint,
        });
        return new BigQueryJob(this, await request.ExecuteAsync(cancellationToken));
    }

    public override async Task<BigQueryJob> UploadJsonAsync(
        TableReference tableReference,
        TableSchema schema,
        Stream input,
        UploadJsonOptions options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tableReference);
        ArgumentNullException.ThrowIfNull(input);
        schema ??= (await GetTableAsync(tableReference, null, cancellationToken)).Schema;
        options ??= new UploadJsonOptions();
        var job = options.NewJob(this, new JobConfiguration { Load = options.Configuration(tableReference, schema) });
        var upload = new JobUpload(service, job, input, "text/json");
        var progress = await upload.UploadAsync(cancellationToken);

        // As in the real client: an upload that ended does not throw by itself.
        return progress.Exception is null ? new BigQueryJob(this, upload.ResponseBody) : throw progress.Exception;
    }
}
