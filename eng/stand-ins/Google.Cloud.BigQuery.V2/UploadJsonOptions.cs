using Google.Apis.Bigquery.v2.Data;

namespace Google.Cloud.BigQuery.V2;

/// <summary>How lines of JSON are loaded; what is null is not sent.</summary>
public sealed class UploadJsonOptions : JobCreationOptions
{
    /// <summary>Whether fields that the schema lacks are left out rather than an error.</summary>
    public bool? AllowUnknownFields { get; set; }

    /// <summary>How many bad rows are left out before the job fails, 0 unless set.</summary>
    public int? MaxBadRecords { get; set; }

    public CreateDisposition? CreateDisposition { get; set; }

    public WriteDisposition? WriteDisposition { get; set; }

    public TimePartitioning TimePartitioning { get; set; }

    internal JobConfigurationLoad Configuration(TableReference table, TableSchema schema) => new()
    {
        DestinationTable = table,
        SourceFormat = "NEWLINE_DELIMITED_JSON",
        Schema = schema,
        IgnoreUnknownValues = AllowUnknownFields,
        MaxBadRecords = MaxBadRecords,
        CreateDisposition = CreateDisposition switch
        {
            V2.CreateDisposition.CreateIfNeeded => "CREATE_IF_NEEDED",
            V2.CreateDisposition.CreateNever => "CREATE_NEVER",
            _ => null,
        },
        WriteDisposition = WriteDisposition switch
        {
            V2.WriteDisposition.WriteAppend => "WRITE_APPEND",
            V2.WriteDisposition.WriteTruncate => "WRITE_TRUNCATE",
            V2.WriteDisposition.WriteIfEmpty => "WRITE_EMPTY",
            _ => null,
        },
        TimePartitioning = TimePartitioning,
    };
}
