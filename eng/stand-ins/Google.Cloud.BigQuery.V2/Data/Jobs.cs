using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>A job: https://cloud.google.com/bigquery/docs/reference/rest/v2/Job.</summary>
public class Job : IDirectResponseSchema
{
    [JsonProperty("configuration")]
    public virtual JobConfiguration Configuration { get; set; }

    [JsonProperty("etag")]
    public virtual string ETag { get; set; }

    [JsonProperty("id")]
    public virtual string Id { get; set; }

    [JsonProperty("jobReference")]
    public virtual JobReference JobReference { get; set; }

    [JsonProperty("statistics")]
    public virtual JobStatistics Statistics { get; set; }

    [JsonProperty("status")]
    public virtual JobStatus Status { get; set; }
}

public class JobConfiguration : IDirectResponseSchema
{
    [JsonProperty("dryRun")]
    public virtual bool? DryRun { get; set; }

    [JsonProperty("labels")]
    public virtual IDictionary<string, string> Labels { get; set; }

    [JsonProperty("load")]
    public virtual JobConfigurationLoad Load { get; set; }

    [JsonProperty("query")]
    public virtual JobConfigurationQuery Query { get; set; }

    public virtual string ETag { get; set; }
}

public class JobConfigurationQuery : IDirectResponseSchema
{
    [JsonProperty("defaultDataset")]
    public virtual DatasetReference DefaultDataset { get; set; }

    [JsonProperty("destinationTable")]
    public virtual TableReference DestinationTable { get; set; }

    [JsonProperty("maximumBytesBilled")]
    public virtual long? MaximumBytesBilled { get; set; }

    [JsonProperty("parameterMode")]
    public virtual string ParameterMode { get; set; }

    [JsonProperty("query")]
    public virtual string Query { get; set; }

    [JsonProperty("queryParameters")]
    public virtual IList<QueryParameter> QueryParameters { get; set; }

    [JsonProperty("useLegacySql")]
    public virtual bool? UseLegacySql { get; set; }

    [JsonProperty("useQueryCache")]
    public virtual bool? UseQueryCache { get; set; }

    public virtual string ETag { get; set; }
}

public class JobReference : IDirectResponseSchema
{
    [JsonProperty("jobId")]
    public virtual string JobId { get; set; }

    [JsonProperty("location")]
    public virtual string Location { get; set; }

    [JsonProperty("projectId")]
    public virtual string ProjectId { get; set; }

    public virtual string ETag { get; set; }
}

public class JobStatus : IDirectResponseSchema
{
    [JsonProperty("errorResult")]
    public virtual ErrorProto ErrorResult { get; set; }

    [JsonProperty("errors")]
    public virtual IList<ErrorProto> Errors { get; set; }

    [JsonProperty("state")]
    public virtual string State { get; set; }

    public virtual string ETag { get; set; }
}

public class QueryParameter : IDirectResponseSchema
{
    [JsonProperty("name")]
    public virtual string Name { get; set; }

    [JsonProperty("parameterType")]
    public virtual QueryParameterType ParameterType { get; set; }

    [JsonProperty("parameterValue")]
    public virtual QueryParameterValue ParameterValue { get; set; }

    public virtual string ETag { get; set; }
}

public class QueryParameterType : IDirectResponseSchema
{
    [JsonProperty("arrayType")]
    public virtual QueryParameterType ArrayType { get; set; }

    [JsonProperty("type")]
    public virtual string Type { get; set; }

    public virtual string ETag { get; set; }
}

public class QueryParameterValue : IDirectResponseSchema
{
    [JsonProperty("arrayValues")]
    public virtual IList<QueryParameterValue> ArrayValues { get; set; }

    [JsonProperty("value")]
    public virtual string Value { get; set; }

    public virtual string ETag { get; set; }
}

/// <summary>A page of the rows that a query found.</summary>
public class GetQueryResultsResponse : IDirectResponseSchema
{
    [JsonProperty("cacheHit")]
    public virtual bool? CacheHit { get; set; }

    [JsonProperty("errors")]
    public virtual IList<ErrorProto> Errors { get; set; }

    [JsonProperty("etag")]
    public virtual string ETag { get; set; }

    [JsonProperty("jobComplete")]
    public virtual bool? JobComplete { get; set; }

    [JsonProperty("jobReference")]
    public virtual JobReference JobReference { get; set; }

    [JsonProperty("kind")]
    public virtual string Kind { get; set; }

    [JsonProperty("numDmlAffectedRows")]
    public virtual long? NumDmlAffectedRows { get; set; }

    [JsonProperty("pageToken")]
    public virtual string PageToken { get; set; }

    [JsonProperty("rows")]
    public virtual IList<TableRow> Rows { get; set; }

    [JsonProperty("schema")]
    public virtual TableSchema Schema { get; set; }

    [JsonProperty("totalBytesProcessed")]
    public virtual long? TotalBytesProcessed { get; set; }

    [JsonProperty("totalRows")]
    public virtual ulong? TotalRows { get; set; }
}
