using System.Text.Json.Nodes;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Schemas;
using PixelPipeline.LocalBigQuery.Storage;
using PixelPipeline.LocalBigQuery.Tables;

namespace PixelPipeline.LocalBigQuery.Changes;

/// <summary>The table that a job's rows go to, as it was when they were checked, and as the job leaves it.</summary>
/// <param name="To">What was asked for.</param>
/// <param name="Current">The table; null when it is yet to be made.</param>
/// <param name="Resource">The stored resource that it is to have.</param>
internal sealed record TableTarget(Destination To, StoredTable? Current, string Resource)
{
    /// <summary>The columns that rows are checked against: those of the job's schema when it has one.</summary>
    public TableSchema Schema { get; } = ReadSchema(To, Resource);

    /// <summary>Looks at the table.</summary>
    /// <exception cref="ApiException">It is missing and not to be made, can't take rows, or does not match the job's schema.</exception>
    public static TableTarget Find(SqlSession session, Destination to)
    {
        var address = to.Address;
        if (TableCatalog.Find(session, address.Dataset.DatasetId, address.TableId) is { } table)
        {
            return new TableTarget(to, table, ResourceFor(to, table));
        }

        if (!DatasetCatalog.Exists(session, address.Dataset.DatasetId))
        {
            throw ApiException.NotFound("Dataset", address.Dataset);
        }

        return !to.CanCreate ? throw ApiException.NotFound("Table", address)
            : to.Definition is null ? throw ApiException.Invalid("No schema specified on job or table.")
            : new TableTarget(to, null, to.Definition.Resource.ToJsonString());
    }

    /// <summary>
    /// The key to store the rows under, the table made, changed or emptied if need be; null, and nothing done, when the
    /// table is no longer what the rows were checked against.
    /// </summary>
    /// <exception cref="ApiException">409: it has rows and is to be empty.</exception>
    public long? Claim(SqlSession session, long nowMs)
    {
        var address = To.Address;
        var table = TableCatalog.Find(session, address.Dataset.DatasetId, address.TableId);
        if (table?.TableKey != Current?.TableKey || table?.Resource != Current?.Resource)
        {
            return null;
        }

        if (table is null)
        {
            return DatasetCatalog.Exists(session, address.Dataset.DatasetId) ? Make(session, nowMs) : null;
        }

        if (To.Write == WriteDisposition.Empty && (Range is { } range ? RowStore.Count(session, table.TableKey, range) : RowStore.Count(session, table.TableKey)) > 0)
        {
            throw ApiException.Duplicate("Table", address);
        }

        return To.Write == WriteDisposition.Truncate ? Truncate(session, table, nowMs) : Keep(session, table, nowMs);
    }

    private static string ResourceFor(Destination to, StoredTable table)
    {
        if (table.Kind != TableKinds.Table)
        {
            throw ApiException.Invalid($"{to.Address} is not allowed for this operation because it is currently a {table.Kind}.");
        }

        if (to.Definition?.Resource is not { } wanted)
        {
            return table.Resource;
        }

        var resource = JsonNode.Parse(table.Resource)!.AsObject();
        RequireSamePartitions(resource, wanted);
        if ((to.Write != WriteDisposition.Truncate || to.Address.Partition is not null) && SchemaFields.Of(resource["schema"]).Any())
        {
            SchemaMatch.Require(to.Address, resource["schema"], wanted["schema"]);
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

    private static TableSchema ReadSchema(Destination to, string resource)
    {
        var schema = TableSchema.Of(JsonNode.Parse(resource)!.AsObject());
        return schema.Columns.Length == 0 ? throw ApiException.Invalid("No schema specified on job or table.")
            : to.Definition is null ? schema
            : schema.Only(SchemaFields.Of(to.Definition.Resource["schema"]).Select(field => (string)field["name"]!));
    }

    private long? Make(SqlSession session, long nowMs) => TableCatalog.TryAdd(
        session, To.Address.Dataset.DatasetId, To.Address.TableId, TableKinds.Table, Resource, nowMs);

    /// <summary>Refuses new rows that are not of the partition that they were to go to.</summary>
    /// <param name="session">The writer's.</param>
    /// <param name="tableKey">The table.</param>
    /// <param name="first">The number of the first new row.</param>
    /// <exception cref="ApiException">400.</exception>
    public void CheckRows(SqlSession session, long tableKey, long first)
    {
        if (Range is { } range && RowStore.CountOutside(session, tableKey, first, range) > 0)
        {
            throw ApiException.Invalid($"Some rows belong to different partitions rather than destination partition {To.Address}");
        }
    }

    private ColumnRange? Range => To.Address.Partition is null ? null : Partition.RangeOf(To.Address, JsonNode.Parse(Resource)!.AsObject());

    private long? Truncate(SqlSession session, StoredTable table, long nowMs)
    {
        if (Range is { } range)
        {
            var (first, end) = RowStore.Numbers(session, table.TableKey);
            RowStore.Remove(session, table.TableKey, first, end, range);
            return table.TableKey;
        }

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

/// <summary>Where a job's rows are to go.</summary>
/// <param name="Address">The table.</param>
/// <param name="Definition">The table to make, as a client defines one; null without a schema.</param>
/// <param name="CanCreate">Whether a table that is missing is made.</param>
/// <param name="Write">What becomes of the rows that are there.</param>
internal sealed record Destination(TableAddress Address, TableDefinition? Definition, bool CanCreate, WriteDisposition Write);
