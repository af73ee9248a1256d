namespace Google.Api.Gax;

/// <summary>The resources of all pages of a list; pages are asked for as the enumeration reaches them.</summary>
public abstract class PagedAsyncEnumerable<TResponse, TResource> : IAsyncEnumerable<TResource>
{
    public abstract IAsyncEnumerable<TResponse> AsRawResponses();

    /// <summary>The first resources, exactly that many unless the list ends before.</summary>
    public abstract Task<Page<TResource>> ReadPageAsync(int pageSize, CancellationToken cancellationToken = default);

    public abstract IAsyncEnumerator<TResource> GetAsyncEnumerator(CancellationToken cancellationToken = default);
}
