using Google.Api.Gax;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Bigquery.v2;
using Google.Apis.Bigquery.v2.Data;

namespace Google.Cloud.BigQuery.V2;

/// <summary>The client of a project. Calls by name lead to the overridable calls by reference. Jobs are in the other part.</summary>
public abstract partial class BigQueryClient : IDisposable
{
    public virtual string ProjectId => throw new NotImplementedException();

    public virtual string DefaultLocation => throw new NotImplementedException();

    public virtual bool PrettyPrint => throw new NotImplementedException();

    public virtual BigqueryService Service => throw new NotImplementedException();

    public static BigQueryClient Create(string projectId, GoogleCredential credential = null) =>
        new BigQueryClientBuilder { ProjectId = projectId, GoogleCredential = credential }.Build();

    public static Task<BigQueryClient> CreateAsync(string projectId, GoogleCredential credential = null) =>
        new BigQueryClientBuilder { ProjectId = projectId, GoogleCredential = credential }.BuildAsync();

    public virtual DatasetReference GetDatasetReference(string datasetId) => GetDatasetReference(ProjectId, datasetId);

    public virtual DatasetReference GetDatasetReference(string projectId, string datasetId) =>
        new() { ProjectId = projectId, DatasetId = datasetId };

    public virtual TableReference GetTableReference(string datasetId, string tableId) => GetTableReference(ProjectId, datasetId, tableId);

    public virtual TableReference GetTableReference(string projectId, string datasetId, string tableId) =>
        new() { ProjectId = projectId, DatasetId = datasetId, TableId = tableId };

    public virtual Task<BigQueryInsertResults> InsertRowsAsync(
        string datasetId,
        string tableId,
        IEnumerable<BigQueryInsertRow> rows,
        InsertOptions options = null,
        CancellationToken cancellationToken = default) =>
        InsertRowsAsync(GetTableReference(datasetId, tableId), rows, options, cancellationToken);

    public virtual Task<BigQueryInsertResults> InsertRowsAsync(
        TableReference tableReference,
        IEnumerable<BigQueryInsertRow> rows,
        InsertOptions options = null,
        CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual Task<BigQueryTable> GetTableAsync(
        string datasetId, string tableId, GetTableOptions options = null, CancellationToken cancellationToken = default) =>
        GetTableAsync(GetTableReference(datasetId, tableId), options, cancellationToken);

    public virtual Task<BigQueryTable> GetTableAsync(
        TableReference tableReference, GetTableOptions options = null, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    public virtual Task<BigQueryTable> CreateTableAsync(
        string datasetId,
        string tableId,
        TableSchema schema,
        CreateTableOptions options = null,
        CancellationToken cancellationToken = default) =>
        CreateTableAsync(GetTableReference(datasetId, tableId), schema, options, cancellationToken);

    public virtual Task<BigQueryTable> CreateTableAsync(
        string datasetId,
        string tableId,
        Table resource,
        CreateTableOptions options = null,
        CancellationToken cancellationToken = default) =>
        CreateTableAsync(GetTableReference(datasetId, tableId), resource, options, cancellationToken);

    public virtual Task<BigQueryTable> CreateTableAsync(
        TableReference tableReference,
        TableSchema schema,
        CreateTableOptions options = null,
        CancellationToken cancellationToken = default) =>
        CreateTableAsync(tableReference, new Table { Schema = schema }, options, cancellationToken);

    public virtual Task<BigQueryTable> CreateTableAsync(
        TableReference tableReference,
        Table resource,
        CreateTableOptions options = null,
        CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual Task<BigQueryTable> PatchTableAsync(
        string datasetId,
        string tableId,
        Table resource,
        PatchTableOptions options = null,
        CancellationToken cancellationToken = default) =>
        PatchTableAsync(GetTableReference(datasetId, tableId), resource, options, cancellationToken);

    public virtual Task<BigQueryTable> PatchTableAsync(
        TableReference tableReference,
        Table resource,
        PatchTableOptions options = null,
        CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual Task<BigQueryTable> UpdateTableAsync(
        string datasetId,
        string tableId,
        Table resource,
        UpdateTableOptions options = null,
        CancellationToken cancellationToken = default) =>
        UpdateTableAsync(GetTableReference(datasetId, tableId), resource, options, cancellationToken);

    public virtual Task<BigQueryTable> UpdateTableAsync(
        TableReference tableReference,
        Table resource,
        UpdateTableOptions options = null,
        CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual Task DeleteTableAsync(
        string datasetId, string tableId, DeleteTableOptions options = null, CancellationToken cancellationToken = default) =>
        DeleteTableAsync(GetTableReference(datasetId, tableId), options, cancellationToken);

    public virtual Task DeleteTableAsync(
        TableReference tableReference, DeleteTableOptions options = null, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    public virtual PagedAsyncEnumerable<TableList, BigQueryTable> ListTablesAsync(
        string datasetId, ListTablesOptions options = null) => ListTablesAsync(GetDatasetReference(datasetId), options);

    public virtual PagedAsyncEnumerable<TableList, BigQueryTable> ListTablesAsync(
        DatasetReference datasetReference, ListTablesOptions options = null) => throw new NotImplementedException();

    public virtual Task<BigQueryDataset> GetDatasetAsync(
        string datasetId, GetDatasetOptions options = null, CancellationToken cancellationToken = default) =>
        GetDatasetAsync(GetDatasetReference(datasetId), options, cancellationToken);

    public virtual Task<BigQueryDataset> GetDatasetAsync(
        DatasetReference datasetReference, GetDatasetOptions options = null, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    public virtual Task<BigQueryDataset> CreateDatasetAsync(
        string datasetId,
        Dataset resource = null,
        CreateDatasetOptions options = null,
        CancellationToken cancellationToken = default) =>
        CreateDatasetAsync(GetDatasetReference(datasetId), resource, options, cancellationToken);

    public virtual Task<BigQueryDataset> CreateDatasetAsync(
        DatasetReference datasetReference,
        Dataset resource = null,
        CreateDatasetOptions options = null,
        CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public virtual Task DeleteDatasetAsync(
        string datasetId, DeleteDatasetOptions options = null, CancellationToken cancellationToken = default) =>
        DeleteDatasetAsync(GetDatasetReference(datasetId), options, cancellationToken);

    public virtual Task DeleteDatasetAsync(
        DatasetReference datasetReference, DeleteDatasetOptions options = null, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    public virtual PagedAsyncEnumerable<DatasetList, BigQueryDataset> ListDatasetsAsync(ListDatasetsOptions options = null) =>
        throw new NotImplementedException();

    public virtual PagedAsyncEnumerable<TableDataList, BigQueryRow> ListRowsAsync(
        string datasetId, string tableId, TableSchema schema = null, ListRowsOptions options = null) =>
        ListRowsAsync(GetTableReference(datasetId, tableId), schema, options);

    public virtual PagedAsyncEnumerable<TableDataList, BigQueryRow> ListRowsAsync(
        TableReference tableReference, TableSchema schema = null, ListRowsOptions options = null) =>
        throw new NotImplementedException();

    public virtual void Dispose() => GC.SuppressFinalize(this);
}
