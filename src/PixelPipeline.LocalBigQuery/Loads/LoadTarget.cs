using System.Text.Json.Nodes;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Schemas;
using PixelPipeline.LocalBigQuery.Storage;

namespace PixelPipeline.LocalBigQuery.Loads;

/// <summary>The table that a load's rows go to, as it was when they were checked, and as the load leaves it.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Current">The table; null when it is yet to be made.</param>
/// <param name="Resource">The stored resource that it is to have.</param>
internal sealed record LoadTarget(LoadRequest Request, StoredTable? Current, string Resource)
{
    /// <summary>The columns that rows are checked against: those of the load's schema when it has one.</summary>
    public TableSchema Schema { get; } = ReadSchema(Request, Resource);

    /// <summary>Looks at the table.</summary>
    /// <exception cref="ApiException">It is missing and not to be made, can't take rows, or does not match the load's schema.</exception>
    public static LoadTarget Find(SqlSession session, LoadRequest request)
    {
        var address = request.Destination;
        if (TableCatalog.Find(session, address.Dataset.DatasetId, address.TableId) is { } table)
        {
            return new LoadTarget(request, table, ResourceFor(request, table));
        }

        if (!DatasetCatalog.Exists(session, address.Dataset.DatasetId))
        {
            throw ApiException.NotFound("Dataset", address.Dataset);
        }

        return !request.CanCreate ? throw ApiException.NotFound("Table", address)
            : request.Definition is null ? throw ApiException.Invalid("No schema specified on job or table.")
            : new LoadTarget(request, null, request.Definition.Resource.ToJsonString());
    }

    /// <summary>
    /// The key to store the rows under, the table made, changed or emptied if need be; null, and nothing done, when the
    /// table is no longer what the rows were checked against.
    /// </summary>
    /// <exception cref="ApiException">409: it has rows and is to be empty.</exception>
    public long? Claim(SqlSession session, long nowMs)
    {
        var address = Request.Destination;
        var table = TableCatalog.Find(session, address.Dataset.DatasetId, address.TableId);
        if (table?.TableKey != Current?.TableKey || table?.Resource != Current?.Resource)
        {
            return null;
        }

        if (table is null)
        {
            return DatasetCatalog.Exists(session, address.Dataset.DatasetId) ? Make(session, nowMs) : null;
        }

        if (Request.Write == WriteDisposition.Empty && RowStore.Count(session, table.TableKey) > 0)
        {
            throw ApiException.Duplicate("Table", address);
        }

        return Request.Write == WriteDisposition.Truncate ? Truncate(session, table, nowMs) : Keep(session, table, nowMs);
    }

    private static string ResourceFor(LoadRequest request, StoredTable table)
    {
        if (table.Kind != TableKinds.Table)
        {
            throw ApiException.Invalid($"{request.Destination} is not allowed for this operation because it is currently a {table.Kind}.");
        }

        if (request.Definition?.Resource is not { } wanted)
        {
            return table.Resource;
        }

        var resource = JsonNode.Parse(table.Resource)!.AsObject();
        RequireSamePartitions(resource, wanted);
        if (request.Write != WriteDisposition.Truncate && SchemaFields.Of(resource["schema"]).Any())
        {
            SchemaMatch.Require(request.Destination, resource["schema"], wanted["schema"]);
            return table.Resource;
        }

        if (JsonNode.DeepEquals(resource["schema"], wanted["schema"]))
        {
            return table.Resource;
        }

        resource["schema"] = wanted["schema"]!.DeepClone();
        return resource.ToJsonString();
    }

    private static void RequireSamePartitions(JsonObject table, JsonObject wanted)
    {
        if (wanted["timePartitioning"] is { } partitioning
            && ((string?)partitioning["field"] != (string?)table["timePartitioning"]?["field"] || table["timePartitioning"] is null))
        {
            throw ApiException.Invalid("Incompatible table partitioning specification.");
        }
    }

    private static TableSchema ReadSchema(LoadRequest request, string resource)
    {
        var schema = TableSchema.Of(JsonNode.Parse(resource)!.AsObject());
        return schema.Columns.Length == 0 ? throw ApiException.Invalid("No schema specified on job or table.")
            : request.Definition is null ? schema
            : schema.Only(SchemaFields.Of(request.Definition.Resource["schema"]).Select(field => (string)field["name"]!));
    }

    private long? Make(SqlSession session, long nowMs) => TableCatalog.TryAdd(
        session, Request.Destination.Dataset.DatasetId, Request.Destination.TableId, TableKinds.Table, Resource, nowMs);

    private long? Truncate(SqlSession session, StoredTable table, long nowMs)
    {
        if (Resource == table.Resource)
        {
            RowStore.Clear(session, table.TableKey);
            return table.TableKey;
        }

        // A key of its own: rows under way that were checked against the old columns must not end up under the new ones.
        TableCatalog.Remove(session, table.TableKey);
        return Make(session, nowMs);
    }

    private long Keep(SqlSession session, StoredTable table, long nowMs)
    {
        if (Resource != table.Resource)
        {
            TableCatalog.Update(session, table.TableKey, Resource, nowMs);
        }

        return table.TableKey;
    }
}
