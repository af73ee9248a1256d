using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>A table: https://cloud.google.com/bigquery/docs/reference/rest/v2/tables.</summary>
public class Table : IDirectResponseSchema
{
    [JsonProperty("clustering")]
    public virtual Clustering Clustering { get; set; }

    [JsonProperty("creationTime")]
    public virtual long? CreationTime { get; set; }

    [JsonProperty("description")]
    public virtual string Description { get; set; }

    [JsonProperty("etag")]
    public virtual string ETag { get; set; }

    [JsonProperty("expirationTime")]
    public virtual long? ExpirationTime { get; set; }

    [JsonProperty("friendlyName")]
    public virtual string FriendlyName { get; set; }

    [JsonProperty("id")]
    public virtual string Id { get; set; }

    [JsonProperty("kind")]
    public virtual string Kind { get; set; }

    [JsonProperty("labels")]
    public virtual IDictionary<string, string> Labels { get; set; }

    [JsonProperty("lastModifiedTime")]
    public virtual ulong? LastModifiedTime { get; set; }

    [JsonProperty("location")]
    public virtual string Location { get; set; }

    [JsonProperty("numBytes")]
    public virtual long? NumBytes { get; set; }

    [JsonProperty("numRows")]
    public virtual ulong? NumRows { get; set; }

    [JsonProperty("requirePartitionFilter")]
    public virtual bool? RequirePartitionFilter { get; set; }

    [JsonProperty("schema")]
    public virtual TableSchema Schema { get; set; }

    [JsonProperty("streamingBuffer")]
    public virtual Streamingbuffer StreamingBuffer { get; set; }

    [JsonProperty("tableReference")]
    public virtual TableReference TableReference { get; set; }

    [JsonProperty("timePartitioning")]
    public virtual TimePartitioning TimePartitioning { get; set; }

    [JsonProperty("type")]
    public virtual string Type { get; set; }

    [JsonProperty("view")]
    public virtual ViewDefinition View { get; set; }
}

/// <summary>The full name of a table.</summary>
public class TableReference : IDirectResponseSchema
{
    [JsonProperty("datasetId")]
    public virtual string DatasetId { get; set; }

    [JsonProperty("projectId")]
    public virtual string ProjectId { get; set; }

    [JsonProperty("tableId")]
    public virtual string TableId { get; set; }

    public virtual string ETag { get; set; }
}

public class TableSchema : IDirectResponseSchema
{
    [JsonProperty("fields")]
    public virtual IList<TableFieldSchema> Fields { get; set; }

    public virtual string ETag { get; set; }
}

public class TableFieldSchema : IDirectResponseSchema
{
    [JsonProperty("defaultValueExpression")]
    public virtual string DefaultValueExpression { get; set; }

    [JsonProperty("description")]
    public virtual string Description { get; set; }

    [JsonProperty("fields")]
    public virtual IList<TableFieldSchema> Fields { get; set; }

    [JsonProperty("maxLength")]
    public virtual long? MaxLength { get; set; }

    [JsonProperty("mode")]
    public virtual string Mode { get; set; }

    [JsonProperty("name")]
    public virtual string Name { get; set; }

    [JsonProperty("precision")]
    public virtual long? Precision { get; set; }

    [JsonProperty("scale")]
    public virtual long? Scale { get; set; }

    [JsonProperty("type")]
    public virtual string Type { get; set; }

    public virtual string ETag { get; set; }
}

public class TimePartitioning : IDirectResponseSchema
{
    [JsonProperty("expirationMs")]
    public virtual long? ExpirationMs { get; set; }

    [JsonProperty("field")]
    public virtual string Field { get; set; }

    [JsonProperty("requirePartitionFilter")]
    public virtual bool? RequirePartitionFilter { get; set; }

    [JsonProperty("type")]
    public virtual string Type { get; set; }

    public virtual string ETag { get; set; }
}

public class Clustering : IDirectResponseSchema
{
    [JsonProperty("fields")]
    public virtual IList<string> Fields { get; set; }

    public virtual string ETag { get; set; }
}

public class ViewDefinition : IDirectResponseSchema
{
    [JsonProperty("query")]
    public virtual string Query { get; set; }

    [JsonProperty("useLegacySql")]
    public virtual bool? UseLegacySql { get; set; }

    public virtual string ETag { get; set; }
}

/// <summary>What of a table is streamed and not yet in its storage.</summary>
public class Streamingbuffer : IDirectResponseSchema
{
    [JsonProperty("estimatedBytes")]
    public virtual ulong? EstimatedBytes { get; set; }

    [JsonProperty("estimatedRows")]
    public virtual ulong? EstimatedRows { get; set; }

    [JsonProperty("oldestEntryTime")]
    public virtual ulong? OldestEntryTime { get; set; }

    public virtual string ETag { get; set; }
}

/// <summary>A page of the tables of a dataset.</summary>
public class TableList : IDirectResponseSchema
{
    [JsonProperty("etag")]
    public virtual string ETag { get; set; }

    [JsonProperty("kind")]
    public virtual string Kind { get; set; }

    [JsonProperty("nextPageToken")]
    public virtual string NextPageToken { get; set; }

    [JsonProperty("tables")]
    public virtual IList<TablesData> Tables { get; set; }

    [JsonProperty("totalItems")]
    public virtual int? TotalItems { get; set; }

    /// <summary>What the list says of a table; its schema is not among it.</summary>
    public class TablesData
    {
        [JsonProperty("clustering")]
        public virtual Clustering Clustering { get; set; }

        [JsonProperty("creationTime")]
        public virtual long? CreationTime { get; set; }

        [JsonProperty("expirationTime")]
        public virtual long? ExpirationTime { get; set; }

        [JsonProperty("friendlyName")]
        public virtual string FriendlyName { get; set; }

        [JsonProperty("id")]
        public virtual string Id { get; set; }

        [JsonProperty("kind")]
        public virtual string Kind { get; set; }

        [JsonProperty("labels")]
        public virtual IDictionary<string, string> Labels { get; set; }

        [JsonProperty("tableReference")]
        public virtual TableReference TableReference { get; set; }

        [JsonProperty("timePartitioning")]
        public virtual TimePartitioning TimePartitioning { get; set; }

        [JsonProperty("type")]
        public virtual string Type { get; set; }
    }
}
