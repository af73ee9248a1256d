using Google.Apis.Bigquery.v2.Data;
using Google.Apis.Services;
using Google.Apis.Upload;
using Google.Apis.Util;

namespace Google.Apis.Bigquery.v2;

/// <summary>
/// A load job with its bytes, by the protocol of resumable uploads: https://cloud.google.com/bigquery/docs/reference/api-uploads.
/// </summary>
internal sealed class JobUpload : ResumableUpload<Job, Job>
{
    internal JobUpload(IClientService service, Job job, Stream content, string contentType)
        : base(service, $"/upload/{service.BasePath}{BigqueryPaths.Jobs}", "POST", content, contentType) =>
        (Body, ProjectId) = (job, job.JobReference.ProjectId);

    // The base class looks for the parameters among the public properties.
    [RequestParameter("projectId", RequestParameterType.Path)]
    public string ProjectId { get; }
}
