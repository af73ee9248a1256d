using System.Text.Json.Nodes;

namespace PixelPipeline.LocalBigQuery.Rest;

/// <summary>
/// Describes the methods that are offered, in the discovery format
/// (https://developers.google.com/discovery/v1/reference/apis); clients such as <c>bq</c> build themselves from it.
/// </summary>
internal static class DiscoveryDocument
{
    private const string Datasets = "projects/{projectId}/datasets";
    private const string Dataset = Datasets + "/{datasetId}";
    private const string Tables = Dataset + "/tables";
    private const string Table = Tables + "/{tableId}";
    private const string Jobs = "projects/{projectId}/jobs";
    private const string Pages = "maxResults:integer pageToken ";
    private const string Rows = Pages + "startIndex formatOptions.useInt64Timestamp:boolean ";

    private static readonly DiscoveryMethod[] Methods =
    [
        new("projects", "list", "GET", "projects", Pages, null, "ProjectList"),
        new("datasets", "list", "GET", Datasets, Pages + "all:boolean filter", null, "DatasetList"),
        new("datasets", "insert", "POST", Datasets, "accessPolicyVersion:integer", "Dataset", "Dataset"),
        new("datasets", "get", "GET", Dataset, "accessPolicyVersion:integer datasetView", null, "Dataset"),
        new("datasets", "patch", "PATCH", Dataset, "accessPolicyVersion:integer updateMode", "Dataset", "Dataset"),
        new("datasets", "update", "PUT", Dataset, "accessPolicyVersion:integer updateMode", "Dataset", "Dataset"),
        new("datasets", "delete", "DELETE", Dataset, "deleteContents:boolean"),
        new("tables", "list", "GET", Tables, Pages, null, "TableList"),
        new("tables", "insert", "POST", Tables, "", "Table", "Table"),
        new("tables", "get", "GET", Table, "selectedFields view", null, "Table"),
        new("tables", "patch", "PATCH", Table, "autodetect_schema:boolean", "Table", "Table"),
        new("tables", "update", "PUT", Table, "autodetect_schema:boolean", "Table", "Table"),
        new("tables", "delete", "DELETE", Table),
        new("tabledata", "list", "GET", Table + "/data", Rows + "selectedFields", null, "TableDataList"),
        new("tabledata", "insertAll", "POST", Table + "/insertAll", "", "TableDataInsertAllRequest", "TableDataInsertAllResponse"),
        new("jobs", "list", "GET", Jobs, Pages + "allUsers:boolean projection stateFilter minCreationTime maxCreationTime parentJobId", null, "JobList"),
        new("jobs", "insert", "POST", Jobs, "", "Job", "Job", "/upload/bigquery/v2/" + Jobs),
        new("jobs", "get", "GET", Jobs + "/{jobId}", "location", null, "Job"),
        new("jobs", "cancel", "POST", Jobs + "/{jobId}/cancel", "location", null, "JobCancelResponse"),
        new("jobs", "delete", "DELETE", Jobs + "/{jobId}/delete", "location"),
        new("jobs", "query", "POST", "projects/{projectId}/queries", "", "QueryRequest", "QueryResponse"),
        new("jobs", "getQueryResults", "GET", "projects/{projectId}/queries/{jobId}", Rows + "location timeoutMs:integer", null, "GetQueryResultsResponse"),
    ];

    /// <summary>The document for a client that reached us at <paramref name="rootUrl"/>, which ends with a slash.</summary>
    public static JsonObject For(string rootUrl) => new()
    {
        ["kind"] = "discovery#restDescription",
        ["discoveryVersion"] = "v1",
        ["id"] = "bigquery:v2",
        ["name"] = "bigquery",
        ["canonicalName"] = "Bigquery",
        ["version"] = "v2",
        ["title"] = "BigQuery API",
        ["description"] = "The part of the BigQuery API that the local BigQuery offers.",
        ["protocol"] = "rest",
        ["rootUrl"] = rootUrl,
        ["servicePath"] = "bigquery/v2/",
        ["basePath"] = "/bigquery/v2/",
        ["baseUrl"] = rootUrl + "bigquery/v2/",
        ["batchPath"] = "batch/bigquery/v2",
        ["parameters"] = CommonParameters(),
        ["schemas"] = Schemas(),
        ["resources"] = Resources(),
    };

    private static JsonObject CommonParameters()
    {
        var parameters = new JsonObject();
        foreach (var name in (string[])["alt", "fields", "key", "access_token", "oauth_token", "prettyPrint", "quotaUser"])
        {
            parameters[name] = new JsonObject { ["type"] = name == "prettyPrint" ? "boolean" : "string", ["location"] = "query" };
        }

        return parameters;
    }

    private static JsonObject Resources()
    {
        var resources = new JsonObject();
        foreach (var resource in Methods.GroupBy(method => method.Resource))
        {
            var methods = resource.Select(method => KeyValuePair.Create(method.Name, (JsonNode?)method.ToJson()));
            resources[resource.Key] = new JsonObject { ["methods"] = new JsonObject(methods) };
        }

        return resources;
    }

    // Every body is an object. What is in it stays with Google's reference: nothing here is generated from it.
    private static JsonObject Schemas() => new(Methods
        .SelectMany(method => new[] { method.Request, method.Response })
        .OfType<string>()
        .Distinct()
        .Select(name => KeyValuePair.Create(name, (JsonNode?)new JsonObject
        {
            ["id"] = name,
            ["type"] = "object",
            ["properties"] = new JsonObject { ["kind"] = new JsonObject { ["type"] = "string" } },
        })));
}
