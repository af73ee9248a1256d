using Google.Apis.Bigquery.v2.Data;

namespace Google.Cloud.BigQuery.V2;

/// <summary>How rows are inserted; what is null is not sent.</summary>
public sealed class InsertOptions
{
    public bool? AllowEmptyInsertIds { get; set; }

    public bool? AllowUnknownFields { get; set; }

    public bool? SkipInvalidRows { get; set; }

    /// <summary>Whether rows with errors are told in the results instead of an exception.</summary>
    public bool? SuppressInsertErrors { get; set; }

    public string TemplateSuffix { get; set; }
}

public sealed class ListRowsOptions
{
    public int? PageSize { get; set; }

    public string PageToken { get; set; }

    public ulong? StartIndex { get; set; }

    public bool? UseInt64Timestamp { get; set; }
}

public sealed class QueryOptions
{
    public DatasetReference DefaultDataset { get; set; }

    public TableReference DestinationTable { get; set; }

    public IDictionary<string, string> Labels { get; set; }

    public long? MaximumBytesBilled { get; set; }

    public BigQueryParameterMode? ParameterMode { get; set; }

    public bool? UseLegacySql { get; set; }

    public bool? UseQueryCache { get; set; }
}

public sealed class GetQueryResultsOptions
{
    public int? PageSize { get; set; }

    public string PageToken { get; set; }

    public ulong? StartIndex { get; set; }

    /// <summary>How long to wait for the query, 5 minutes unless set.</summary>
    public TimeSpan? Timeout { get; set; }

    public bool? UseInt64Timestamp { get; set; }
}

public sealed class ListTablesOptions
{
    public int? PageSize { get; set; }

    public string PageToken { get; set; }
}

public sealed class ListDatasetsOptions
{
    public bool? IncludeHidden { get; set; }

    public int? PageSize { get; set; }

    public string PageToken { get; set; }
}

public sealed class DeleteDatasetOptions
{
    public bool? DeleteContents { get; set; }
}

public sealed class GetTableOptions;

public sealed class CreateTableOptions;

public sealed class PatchTableOptions;

public sealed class UpdateTableOptions;

public sealed class DeleteTableOptions;

public sealed class GetDatasetOptions;

public sealed class CreateDatasetOptions;

/// <summary>Without members, in the real client too: a job's location is that of its reference.</summary>
public sealed class GetJobOptions;
