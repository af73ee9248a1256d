using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace PixelPipeline.LocalBigQuery.Api;

/// <summary>A table as messages name it: <c>local:pixels.pixel</c>.</summary>
internal readonly record struct TableAddress(DatasetAddress Dataset, string TableId)
{
    /// <summary>Takes it from the route's <c>project</c>, <c>dataset</c> and <c>table</c>.</summary>
    /// <exception cref="ApiException">400: one of them is no id.</exception>
    public static TableAddress Of(HttpContext context) =>
        new(DatasetAddress.Of(context), ResourceIds.Table((string?)context.GetRouteValue("table")));

    /// <inheritdoc/>
    public override string ToString() => $"{Dataset}.{TableId}";
}
