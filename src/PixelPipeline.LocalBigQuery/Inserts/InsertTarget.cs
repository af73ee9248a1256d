using System.Text.Json.Nodes;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Schemas;
using PixelPipeline.LocalBigQuery.Storage;

namespace PixelPipeline.LocalBigQuery.Inserts;

/// <summary>The table that a request's rows go to, as it was when the rows were checked.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="TableKey">Its key; null when it is yet to be made from the template.</param>
/// <param name="Resource">Its stored resource, or the one to make it with.</param>
internal sealed record InsertTarget(TableAddress Address, long? TableKey, string Resource)
{
    /// <summary>The columns that rows are checked against.</summary>
    public TableSchema Schema { get; } = ReadSchema(Resource);

    /// <summary>
    /// Finds the table, or with a suffix the instance table of that template
    /// (https://cloud.google.com/bigquery/docs/streaming-data-into-bigquery#template-tables): one that exists is taken
    /// as it is, whatever the template has become since.
    /// </summary>
    /// <exception cref="ApiException">404: there is no such table or template. 400: it can't take rows, or the suffix is not legal.</exception>
    public static InsertTarget Find(SqlSession session, TableAddress address, string? templateSuffix)
    {
        var table = FindTable(session, address)
            ?? throw (DatasetCatalog.Exists(session, address.Dataset.DatasetId)
                ? ApiException.NotFound("Table", address)
                : ApiException.NotFound("Dataset", address.Dataset));
        if (templateSuffix is null)
        {
            return new InsertTarget(address, table.TableKey, table.Resource);
        }

        var instance = address with { TableId = ResourceIds.InstanceTable(address.TableId, templateSuffix) };
        return FindTable(session, instance) is { } existing
            ? new InsertTarget(instance, existing.TableKey, existing.Resource)
            : new InsertTarget(instance, null, InstanceOf(table));
    }

    /// <summary>
    /// The key to store the rows under, the table made if need be; null when the table is no longer what the rows
    /// were checked against.
    /// </summary>
    public long? Claim(SqlSession session, long nowMs)
    {
        var current = TableCatalog.Find(session, Address.Dataset.DatasetId, Address.TableId);
        if (TableKey is not null)
        {
            return current?.TableKey == TableKey ? TableKey : null;
        }

        if (current is not null)
        {
            return current.Kind == TableKinds.Table && current.Resource == Resource ? current.TableKey : null;
        }

        return DatasetCatalog.Exists(session, Address.Dataset.DatasetId)
            ? TableCatalog.TryAdd(session, Address.Dataset.DatasetId, Address.TableId, TableKinds.Table, Resource, nowMs)
            : null;
    }

    private static StoredTable? FindTable(SqlSession session, TableAddress address)
    {
        var table = TableCatalog.Find(session, address.Dataset.DatasetId, address.TableId);
        return table is null || table.Kind == TableKinds.Table
            ? table
            : throw ApiException.Invalid($"{address} is not allowed for this operation because it is currently a {table.Kind}.");
    }

    private static TableSchema ReadSchema(string resource)
    {
        var schema = TableSchema.Of(JsonNode.Parse(resource)!.AsObject());
        return schema.Columns.Length > 0 ? schema : throw ApiException.Invalid("The destination table has no schema.");
    }

    private static string InstanceOf(StoredTable template) =>
        new JsonObject { ["schema"] = JsonNode.Parse(template.Resource)!["schema"]?.DeepClone() }.ToJsonString();
}
