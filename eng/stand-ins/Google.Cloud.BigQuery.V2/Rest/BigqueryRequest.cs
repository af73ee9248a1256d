using Google.Apis.Discovery;
using Google.Apis.Requests;
using Google.Apis.Services;
using Google.Apis.Util;

namespace Google.Apis.Bigquery.v2;

/// <summary>One call; the properties are the parameters of all calls, and those that are null are not sent.</summary>
internal sealed class BigqueryRequest<TResponse> : ClientServiceRequest<TResponse>
{
    private readonly object _body;

    internal BigqueryRequest(IClientService service, string httpMethod, string restPath, object body = null)
        : base(service)
    {
        (HttpMethod, RestPath, _body) = (httpMethod, restPath, body);
        InitParameters();
    }

    public override string MethodName => RestPath;

    public override string RestPath { get; }

    public override string HttpMethod { get; }

    [RequestParameter("prettyPrint", RequestParameterType.Query)]
    public bool? PrettyPrint { get; init; }

    [RequestParameter("projectId", RequestParameterType.Path)]
    public string ProjectId { get; init; }

    [RequestParameter("datasetId", RequestParameterType.Path)]
    public string DatasetId { get; init; }

    [RequestParameter("tableId", RequestParameterType.Path)]
    public string TableId { get; init; }

    [RequestParameter("jobId", RequestParameterType.Path)]
    public string JobId { get; init; }

    [RequestParameter("all", RequestParameterType.Query)]
    public bool? All { get; init; }

    [RequestParameter("deleteContents", RequestParameterType.Query)]
    public bool? DeleteContents { get; init; }

    [RequestParameter("location", RequestParameterType.Query)]
    public string Location { get; init; }

    [RequestParameter("maxResults", RequestParameterType.Query)]
    public long? MaxResults { get; set; }

    [RequestParameter("pageToken", RequestParameterType.Query)]
    public string PageToken { get; set; }

    [RequestParameter("startIndex", RequestParameterType.Query)]
    public ulong? StartIndex { get; set; }

    [RequestParameter("selectedFields", RequestParameterType.Query)]
    public string SelectedFields { get; init; }

    [RequestParameter("timeoutMs", RequestParameterType.Query)]
    public long? TimeoutMs { get; init; }

    [RequestParameter("formatOptions.useInt64Timestamp", RequestParameterType.Query)]
    public bool? UseInt64Timestamp { get; init; }

    protected override object GetBody() => _body;

    protected override void InitParameters()
    {
        base.InitParameters();
        foreach (var name in (ReadOnlySpan<string>)["projectId", "datasetId", "tableId", "jobId"])
        {
            if (RestPath.Contains($"{{+{name}}}", StringComparison.Ordinal))
            {
                RequestParameters[name] = new Parameter { Name = name, IsRequired = true, ParameterType = "path", Pattern = "^[^/]+$" };
            }
        }

        foreach (var name in (ReadOnlySpan<string>)[
            "prettyPrint", "all", "deleteContents", "location", "maxResults", "pageToken", "startIndex", "selectedFields",
            "timeoutMs", "formatOptions.useInt64Timestamp"])
        {
            RequestParameters[name] = new Parameter { Name = name, IsRequired = false, ParameterType = "query" };
        }
    }
}
