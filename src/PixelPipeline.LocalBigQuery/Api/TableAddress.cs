using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace PixelPipeline.LocalBigQuery.Api;

/// <summary>A table, or one partition of it, as messages name it: <c>local:pixels.pixel</c>, <c>local:pixels.pixel$20261120</c>.</summary>
/// <param name="Dataset">The dataset that it is in.</param>
/// <param name="TableId">The table's id.</param>
/// <param name="Partition">The digits behind <c>$</c>; null where the whole table is meant.</param>
internal readonly record struct TableAddress(DatasetAddress Dataset, string TableId, string? Partition = null)
{
    /// <summary>Reads an id that may have a decorator.</summary>
    /// <exception cref="ApiException">400: it is none.</exception>
    public static TableAddress Decorated(DatasetAddress dataset, string? id) => id?.Split('$') is [var table, var partition]
        ? new TableAddress(dataset, ResourceIds.Table(table), ResourceIds.Partition(partition))
        : new TableAddress(dataset, ResourceIds.Table(id));

    /// <summary>Takes it from the route's <c>project</c>, <c>dataset</c> and <c>table</c>.</summary>
    /// <exception cref="ApiException">400: one of them is no id.</exception>
    public static TableAddress Of(HttpContext context) =>
        new(DatasetAddress.Of(context), ResourceIds.Table((string?)context.GetRouteValue("table")));

    /// <inheritdoc/>
    public override string ToString() => Partition is null ? $"{Dataset}.{TableId}" : $"{Dataset}.{TableId}${Partition}";
}
