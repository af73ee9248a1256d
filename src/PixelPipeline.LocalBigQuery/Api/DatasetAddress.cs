using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace PixelPipeline.LocalBigQuery.Api;

/// <summary>
/// A dataset as messages name it: <c>local:pixels</c>. There is one set of datasets, whatever project a client asks
/// in; answers repeat the project that was asked for.
/// </summary>
internal readonly record struct DatasetAddress(string ProjectId, string DatasetId)
{
    /// <summary>Takes it from the route's <c>project</c> and <c>dataset</c>.</summary>
    /// <exception cref="ApiException">400: one of them is no id.</exception>
    public static DatasetAddress Of(HttpContext context) => new(
        ResourceIds.Project((string?)context.GetRouteValue("project")),
        ResourceIds.Dataset((string?)context.GetRouteValue("dataset")));

    /// <inheritdoc/>
    public override string ToString() => $"{ProjectId}:{DatasetId}";
}
