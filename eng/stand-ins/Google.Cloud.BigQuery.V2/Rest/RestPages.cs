using Google.Api.Gax.Rest;
using Google.Apis.Bigquery.v2;

namespace Google.Cloud.BigQuery.V2;

/// <summary>How the pages of a REST list call follow each other; what asks for them is Gax's own.</summary>
internal sealed class RestPages<TResponse, TResource>(
    Func<TResponse, string> nextPageToken,
    Func<TResponse, IEnumerable<TResource>> resources) : IPageManager<BigqueryRequest<TResponse>, TResponse, TResource>
    where TResponse : class
{
    public void SetPageSize(BigqueryRequest<TResponse> request, int pageSize) => request.MaxResults = pageSize;

    // A page token beside a start index is ignored.
    public void SetPageToken(BigqueryRequest<TResponse> request, string pageToken) =>
        (request.StartIndex, request.PageToken) = (null, pageToken);

    public IEnumerable<TResource> GetResources(TResponse response) => resources(response) ?? [];

    public string GetNextPageToken(TResponse response) => nextPageToken(response);

    internal static RestPagedAsyncEnumerable<BigqueryRequest<TResponse>, TResponse, TResource> Of(
        Func<BigqueryRequest<TResponse>> newRequest,
        Func<TResponse, string> nextPageToken,
        Func<TResponse, IEnumerable<TResource>> resources) =>
        new(newRequest, new RestPages<TResponse, TResource>(nextPageToken, resources));
}
