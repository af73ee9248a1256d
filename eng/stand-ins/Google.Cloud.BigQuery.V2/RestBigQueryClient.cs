using Google.Api.Gax;
using Google.Apis.Bigquery.v2;
using Google.Apis.Bigquery.v2.Data;
using Google.Apis.Http;

namespace Google.Cloud.BigQuery.V2;

/// <summary>The client over REST: rows, tables and datasets here, queries and other jobs in the other parts.</summary>
internal sealed partial class RestBigQueryClient(string projectId, BigqueryService service, string defaultLocation, bool prettyPrint)
    : BigQueryClient
{
    public override string ProjectId => projectId;

    public override string DefaultLocation => defaultLocation;

    public override bool PrettyPrint => prettyPrint;

    public override BigqueryService Service => service;

    public override void Dispose()
    {
        base.Dispose();
        service.Dispose();
    }

    public override async Task<BigQueryInsertResults> InsertRowsAsync(
        TableReference tableReference, IEnumerable<BigQueryInsertRow> rows, InsertOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        BigQueryInsertRow[] all = [.. rows];
        var response = new TableDataInsertAllResponse();
        if (all.Length > 0)
        {
            response = await Retriable(ToTable<TableDataInsertAllResponse>(
                HttpConsts.Post, BigqueryPaths.InsertAll, tableReference, InsertAllBody(all, options))).ExecuteAsync(cancellationToken);
        }

        var results = new BigQueryInsertResults(this, options, all, response);
        return options?.SuppressInsertErrors == true ? results : results.ThrowOnAnyError();
    }

    public override async Task<BigQueryTable> GetTableAsync(
        TableReference tableReference, GetTableOptions options, CancellationToken cancellationToken) =>
        new(this, await Retriable(ToTable<Table>(HttpConsts.Get, BigqueryPaths.Table, tableReference)).ExecuteAsync(cancellationToken));

    public override async Task<BigQueryTable> CreateTableAsync(
        TableReference tableReference, Table resource, CreateTableOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        resource.TableReference ??= tableReference;
        var request = new BigqueryRequest<Table>(service, HttpConsts.Post, BigqueryPaths.Tables, resource)
        {
            ProjectId = tableReference.ProjectId,
            DatasetId = tableReference.DatasetId,
            PrettyPrint = prettyPrint,
        };
        return new BigQueryTable(this, await request.ExecuteAsync(cancellationToken));
    }

    public override async Task<BigQueryTable> PatchTableAsync(
        TableReference tableReference, Table resource, PatchTableOptions options, CancellationToken cancellationToken) =>
        new(this, await ToTable<Table>(HttpConsts.Patch, BigqueryPaths.Table, tableReference, resource).ExecuteAsync(cancellationToken));

    public override async Task<BigQueryTable> UpdateTableAsync(
        TableReference tableReference, Table resource, UpdateTableOptions options, CancellationToken cancellationToken) =>
        new(this, await ToTable<Table>(HttpConsts.Put, BigqueryPaths.Table, tableReference, resource).ExecuteAsync(cancellationToken));

    public override Task DeleteTableAsync(
        TableReference tableReference, DeleteTableOptions options, CancellationToken cancellationToken) =>
        ToTable<string>(HttpConsts.Delete, BigqueryPaths.Table, tableReference).ExecuteAsync(cancellationToken);

    public override PagedAsyncEnumerable<TableList, BigQueryTable> ListTablesAsync(
        DatasetReference datasetReference, ListTablesOptions options) =>
        RestPages<TableList, BigQueryTable>.Of(
            () => Retriable(new BigqueryRequest<TableList>(service, HttpConsts.Get, BigqueryPaths.Tables)
            {
                ProjectId = datasetReference.ProjectId,
                DatasetId = datasetReference.DatasetId,
                MaxResults = options?.PageSize,
                PageToken = options?.PageToken,
                PrettyPrint = prettyPrint,
            }),
            page => page.NextPageToken,
            page => page.Tables?.Select(table => new BigQueryTable(this, Listed(table))));

    public override async Task<BigQueryDataset> GetDatasetAsync(
        DatasetReference datasetReference, GetDatasetOptions options, CancellationToken cancellationToken) =>
        new(await Retriable(ToDataset<Dataset>(HttpConsts.Get, datasetReference)).ExecuteAsync(cancellationToken));

    public override async Task<BigQueryDataset> CreateDatasetAsync(
        DatasetReference datasetReference, Dataset resource, CreateDatasetOptions options, CancellationToken cancellationToken)
    {
        resource ??= new Dataset();
        resource.DatasetReference ??= datasetReference;
        resource.Location ??= defaultLocation;
        var request = new BigqueryRequest<Dataset>(service, HttpConsts.Post, BigqueryPaths.Datasets, resource)
        {
            ProjectId = datasetReference.ProjectId,
            PrettyPrint = prettyPrint,
        };
        return new BigQueryDataset(await request.ExecuteAsync(cancellationToken));
    }

    public override Task DeleteDatasetAsync(
        DatasetReference datasetReference, DeleteDatasetOptions options, CancellationToken cancellationToken) =>
        ToDataset<string>(HttpConsts.Delete, datasetReference, options?.DeleteContents).ExecuteAsync(cancellationToken);

    public override PagedAsyncEnumerable<DatasetList, BigQueryDataset> ListDatasetsAsync(ListDatasetsOptions options) =>
        RestPages<DatasetList, BigQueryDataset>.Of(
            () => Retriable(new BigqueryRequest<DatasetList>(service, HttpConsts.Get, BigqueryPaths.Datasets)
            {
                ProjectId = projectId,
                All = options?.IncludeHidden,
                MaxResults = options?.PageSize,
                PageToken = options?.PageToken,
                PrettyPrint = prettyPrint,
            }),
            page => page.NextPageToken,
            page => page.Datasets?.Select(dataset => new BigQueryDataset(Listed(dataset))));

    private static TableDataInsertAllRequest InsertAllBody(BigQueryInsertRow[] rows, InsertOptions options) => new()
    {
        IgnoreUnknownValues = options?.AllowUnknownFields,
        SkipInvalidRows = options?.SkipInvalidRows,
        TemplateSuffix = options?.TemplateSuffix,
        Rows = [.. rows.Select(row => row.ToRowsData(options?.AllowEmptyInsertIds == true))],
    };

    private static Table Listed(TableList.TablesData table) => new()
    {
        Clustering = table.Clustering,
        CreationTime = table.CreationTime,
        ExpirationTime = table.ExpirationTime,
        FriendlyName = table.FriendlyName,
        Id = table.Id,
        Kind = table.Kind,
        Labels = table.Labels,
        TableReference = table.TableReference,
        TimePartitioning = table.TimePartitioning,
        Type = table.Type,
    };

    private static Dataset Listed(DatasetList.DatasetsData dataset) => new()
    {
        DatasetReference = dataset.DatasetReference,
        FriendlyName = dataset.FriendlyName,
        Id = dataset.Id,
        Kind = dataset.Kind,
        Labels = dataset.Labels,
        Location = dataset.Location,
    };

    private BigqueryRequest<T> ToTable<T>(string method, string path, TableReference table, object body = null) =>
        new(service, method, path, body)
        {
            ProjectId = table.ProjectId,
            DatasetId = table.DatasetId,
            TableId = table.TableId,
            PrettyPrint = prettyPrint,
        };

    private BigqueryRequest<T> ToDataset<T>(string method, DatasetReference dataset, bool? deleteContents = null) =>
        new(service, method, BigqueryPaths.Dataset)
        {
            ProjectId = dataset.ProjectId,
            DatasetId = dataset.DatasetId,
            DeleteContents = deleteContents,
            PrettyPrint = prettyPrint,
        };

    /// <summary>For calls that may be sent twice: reads, and inserts with their ids.</summary>
    private static BigqueryRequest<T> Retriable<T>(BigqueryRequest<T> request)
    {
        request.AddUnsuccessfulResponseHandler(RetryHandler.Instance);
        return request;
    }
}
