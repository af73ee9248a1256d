using System.Text.Json.Nodes;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Changes;
using PixelPipeline.LocalBigQuery.Schemas;
using PixelPipeline.LocalBigQuery.Storage;
using PixelPipeline.LocalBigQuery.Tables;

namespace PixelPipeline.LocalBigQuery.Copies;

/// <summary>Copies the rows of tables, or of partitions, into one: all in one transaction.</summary>
internal sealed class TableCopy(IReadOnlyList<TableAddress> sources, Destination to, Database database, WriteQueue writes, TimeProvider time)
{
    /// <summary>Reads the configuration.</summary>
    /// <exception cref="ApiException">400: something in it is wrong or not offered.</exception>
    public static TableCopy Of(string projectId, JsonObject copy, Database database, WriteQueue writes, TimeProvider time)
    {
        if (RequestJson.Of(copy, "operationType") is not (null or "" or "COPY") and var operation)
        {
            throw ApiException.Invalid($"The local BigQuery offers the operation COPY only, not {RequestJson.Short(operation)}.", "operationType");
        }

        var sources = copy["sourceTables"] is JsonArray { Count: > 0 } several ? several.ToList() : [copy["sourceTable"]];
        return new TableCopy(
            [.. sources.Select(source => DestinationJson.Table(projectId, source as JsonObject, "sourceTable"))],
            DestinationJson.Read(projectId, copy, null, WriteDisposition.Empty),
            database,
            writes,
            time);
    }

    /// <summary>Copies.</summary>
    /// <returns>The statistics.</returns>
    /// <exception cref="ApiException">A table is missing, or they do not go together.</exception>
    public JsonObject Run()
    {
        // A table that is made is as the first source is.
        var first = database.Read(session => Source(session, sources[0]));
        var definition = TableDefinition.New(JsonNode.Parse(first.Resource)!.AsObject());
        var target = database.Read(session => TableTarget.Find(session, to with { Definition = definition }));
        return writes.RunAsync(session => Copy(session, target), CancellationToken.None).GetAwaiter().GetResult();
    }

    private JsonObject Copy(SqlSession session, TableTarget target)
    {
        var tables = sources.Select(address => (Address: address, Table: Source(session, address))).ToList();
        var tableKey = target.Claim(session, time.GetUtcNow().ToUnixTimeMilliseconds()) ?? throw ApiException.Unavailable();
        var (start, rows, bytes) = (RowStore.Numbers(session, tableKey).End, 0L, 0L);
        foreach (var (address, table) in tables)
        {
            var resource = JsonNode.Parse(table.Resource)!.AsObject();
            RequireSameColumns(resource, target);
            var all = RowStore.Count(session, table.TableKey);
            var copied = RowStore.Copy(session, table.TableKey, tableKey, address.Partition is null ? null : Partition.RangeOf(address, resource));
            (rows, bytes) = (rows + copied, bytes + (all == 0 ? 0 : RowStore.Bytes(session, table.TableKey) * copied / all));
        }

        target.CheckRows(session, tableKey, start);
        RowStore.AddBytes(session, tableKey, bytes);
        return new JsonObject { ["copiedRows"] = ResourceJson.Int64(rows), ["copiedLogicalBytes"] = ResourceJson.Int64(bytes) };
    }

    private static StoredTable Source(SqlSession session, TableAddress address)
    {
        var table = TableCatalog.Find(session, address.Dataset.DatasetId, address.TableId) ?? throw ApiException.NotFound("Table", address);
        return table.Kind == TableKinds.Table ? table : throw ApiException.Invalid($"{address} is not allowed for this operation because it is currently a {table.Kind}.");
    }

    // Rows lie in the order of their columns: those of the source have to be the first of the destination's.
    private void RequireSameColumns(JsonObject source, TableTarget target)
    {
        var (from, into) = (TableSchema.Of(source).Columns, TableSchema.Of(JsonNode.Parse(target.Resource)!.AsObject()).Columns);
        var isSame = from.Length <= into.Length && from.Zip(into).All(pair => pair.First.Name.Equals(pair.Second.Name, StringComparison.OrdinalIgnoreCase) && pair.First.Type == pair.Second.Type)
            && !into.Skip(from.Length).Any(column => column.IsRequired);
        if (!isSame)
        {
            throw ApiException.Invalid($"Provided Schema does not match Table {to.Address}. The columns of a copied table have to be those of its destination, in the same order");
        }
    }
}
