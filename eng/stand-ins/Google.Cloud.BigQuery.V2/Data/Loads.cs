using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>A load: https://cloud.google.com/bigquery/docs/reference/rest/v2/Job#JobConfigurationLoad.</summary>
public class JobConfigurationLoad : IDirectResponseSchema
{
    [JsonProperty("createDisposition")]
    public virtual string CreateDisposition { get; set; }

    [JsonProperty("destinationTable")]
    public virtual TableReference DestinationTable { get; set; }

    [JsonProperty("ignoreUnknownValues")]
    public virtual bool? IgnoreUnknownValues { get; set; }

    [JsonProperty("maxBadRecords")]
    public virtual int? MaxBadRecords { get; set; }

    [JsonProperty("schema")]
    public virtual TableSchema Schema { get; set; }

    [JsonProperty("sourceFormat")]
    public virtual string SourceFormat { get; set; }

    [JsonProperty("timePartitioning")]
    public virtual TimePartitioning TimePartitioning { get; set; }

    [JsonProperty("writeDisposition")]
    public virtual string WriteDisposition { get; set; }

    public virtual string ETag { get; set; }
}

/// <summary>What a job did; times are milliseconds since 1970.</summary>
public class JobStatistics : IDirectResponseSchema
{
    [JsonProperty("creationTime")]
    public virtual long? CreationTime { get; set; }

    [JsonProperty("endTime")]
    public virtual long? EndTime { get; set; }

    [JsonProperty("load")]
    public virtual JobStatistics3 Load { get; set; }

    [JsonProperty("startTime")]
    public virtual long? StartTime { get; set; }

    public virtual string ETag { get; set; }
}

/// <summary>What a load job did.</summary>
public class JobStatistics3 : IDirectResponseSchema
{
    [JsonProperty("badRecords")]
    public virtual long? BadRecords { get; set; }

    [JsonProperty("inputFileBytes")]
    public virtual long? InputFileBytes { get; set; }

    [JsonProperty("inputFiles")]
    public virtual long? InputFiles { get; set; }

    [JsonProperty("outputBytes")]
    public virtual long? OutputBytes { get; set; }

    [JsonProperty("outputRows")]
    public virtual long? OutputRows { get; set; }

    public virtual string ETag { get; set; }
}
