using System.Text;

namespace PixelPipeline.Logs.Formats;

/// <summary>
/// Where a JSON access log keeps what the pipeline uses: for each, the paths that count, the first that has a value. Paths
/// are names with a slash between a name and what is inside it: <c>request/headers/User-Agent</c>. Immutable.
/// </summary>
internal sealed class JsonNames
{
    /// <summary>When the request was: RFC 3339, the combined formats' spelling, or seconds, milli-, micro- or nanoseconds since 1970.</summary>
    public required string[] Time { get; init; }

    /// <summary>The method; none where <see cref="Request"/> has it.</summary>
    public string[] Method { get; init; } = [];

    /// <summary>Path and query, or the absolute URL.</summary>
    public string[] Url { get; init; } = [];

    /// <summary>The query, where the URL is without it.</summary>
    public string[] Query { get; init; } = [];

    /// <summary>The whole request line, <c>METHOD URL PROTOCOL</c>.</summary>
    public string[] Request { get; init; } = [];

    /// <summary>The answer's status, which tells whether the server read the request line whole.</summary>
    public string[] Status { get; init; } = [];

    /// <summary>The client's user agent.</summary>
    public string[] UserAgent { get; init; } = [];

    /// <summary>The referer.</summary>
    public string[] Referer { get; init; } = [];

    /// <summary>The client's address, without a port; the first of a list.</summary>
    public string[] Address { get; init; } = [];

    /// <summary>What a first line must have, each of them, to be of the format: each one of the alternatives.</summary>
    public required string[][] Marks { get; init; }

    /// <summary>All paths, each once.</summary>
    public byte[][] ToPaths(out Slots slots)
    {
        var paths = new List<string>();
        slots = new Slots(Find(Time), Find(Method), Find(Url), Find(Query), Find(Request), Find(Status), Find(UserAgent), Find(Referer), Find(Address), [.. Marks.Select(Find)]);
        return [.. paths.Select(Encoding.UTF8.GetBytes)];

        int[] Find(string[] names) => [.. names.Select(name =>
        {
            if (!paths.Contains(name))
            {
                paths.Add(name);
            }

            return paths.IndexOf(name);
        })];
    }

    /// <summary>The indexes of the paths in <see cref="JsonRecord"/>.</summary>
    public sealed record Slots(int[] Time, int[] Method, int[] Url, int[] Query, int[] Request, int[] Status, int[] UserAgent, int[] Referer, int[] Address, int[][] Marks);
}
