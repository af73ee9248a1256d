namespace Google.Apis.Bigquery.v2;

/// <summary>The paths of the calls, below the service's base.</summary>
internal static class BigqueryPaths
{
    internal const string Datasets = "projects/{+projectId}/datasets";
    internal const string Dataset = Datasets + "/{+datasetId}";
    internal const string Tables = Dataset + "/tables";
    internal const string Table = Tables + "/{+tableId}";
    internal const string InsertAll = Table + "/insertAll";
    internal const string Rows = Table + "/data";
    internal const string Jobs = "projects/{+projectId}/jobs";
    internal const string Job = Jobs + "/{+jobId}";
    internal const string QueryResults = "projects/{+projectId}/queries/{+jobId}";
}
