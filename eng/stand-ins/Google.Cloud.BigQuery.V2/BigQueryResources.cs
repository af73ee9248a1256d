using Google.Api.Gax;
using Google.Apis.Bigquery.v2.Data;

namespace Google.Cloud.BigQuery.V2;

/// <summary>A table, as it was when it was asked for.</summary>
public sealed class BigQueryTable
{
    private readonly BigQueryClient _client;

    internal BigQueryTable(BigQueryClient client, Table resource) => (_client, Resource) = (client, resource);

    public Table Resource { get; }

    public TableReference Reference => Resource.TableReference;

    /// <summary>The schema, null for a table out of a list.</summary>
    public TableSchema Schema => Resource.Schema;

    public string FullyQualifiedId => $"{Reference.ProjectId}.{Reference.DatasetId}.{Reference.TableId}";

    public PagedAsyncEnumerable<TableDataList, BigQueryRow> ListRowsAsync(ListRowsOptions options = null) =>
        _client.ListRowsAsync(Reference, Schema, options);
}

/// <summary>A dataset, as it was when it was asked for.</summary>
public sealed class BigQueryDataset
{
    internal BigQueryDataset(Dataset resource) => Resource = resource;

    public Dataset Resource { get; }

    public DatasetReference Reference => Resource.DatasetReference;

    public string FullyQualifiedId => $"{Reference.ProjectId}.{Reference.DatasetId}";
}
