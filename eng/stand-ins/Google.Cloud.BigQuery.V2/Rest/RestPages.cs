using System.Runtime.CompilerServices;
using Google.Api.Gax;
using Google.Apis.Bigquery.v2;

namespace Google.Cloud.BigQuery.V2;

/// <summary>The pages of a REST list call.</summary>
internal sealed class RestPages<TResponse, TResource>(
    Func<BigqueryRequest<TResponse>> newRequest,
    Func<TResponse, string> nextPageToken,
    Func<TResponse, IEnumerable<TResource>> resources) : PagedAsyncEnumerable<TResponse, TResource>
{
    public override IAsyncEnumerable<TResponse> AsRawResponses() => ResponsesAsync();

    public override async IAsyncEnumerator<TResource> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        await foreach (var response in ResponsesAsync(cancellationToken))
        {
            foreach (var resource in resources(response) ?? [])
            {
                yield return resource;
            }
        }
    }

    public override async Task<Page<TResource>> ReadPageAsync(int pageSize, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        var found = new List<TResource>();
        var request = newRequest();
        string token;
        do
        {
            // The server may give fewer than asked for; ask for the rest.
            request.MaxResults = pageSize - found.Count;
            var response = await request.ExecuteAsync(cancellationToken);
            found.AddRange(resources(response) ?? []);
            token = nextPageToken(response);
            (request.StartIndex, request.PageToken) = (null, token);
        }
        while (found.Count < pageSize && !string.IsNullOrEmpty(token));

        return new Page<TResource>(found, string.IsNullOrEmpty(token) ? null : token);
    }

    private async IAsyncEnumerable<TResponse> ResponsesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = newRequest();
        while (true)
        {
            var response = await request.ExecuteAsync(cancellationToken);
            yield return response;
            var token = nextPageToken(response);
            if (string.IsNullOrEmpty(token))
            {
                yield break;
            }

            // A page token beside a start index is ignored.
            (request.StartIndex, request.PageToken) = (null, token);
        }
    }
}
