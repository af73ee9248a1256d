using System.Collections;

namespace Google.Api.Gax;

/// <summary>Some resources of a list and the token of what follows, null at the end.</summary>
public sealed class Page<TResource>(IEnumerable<TResource> resources, string nextPageToken) : IEnumerable<TResource>
{
    public string NextPageToken { get; } = nextPageToken;

    public IEnumerator<TResource> GetEnumerator() => resources.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
