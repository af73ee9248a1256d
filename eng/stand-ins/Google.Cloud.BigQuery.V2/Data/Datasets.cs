using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>A dataset: https://cloud.google.com/bigquery/docs/reference/rest/v2/datasets.</summary>
public class Dataset : IDirectResponseSchema
{
    [JsonProperty("creationTime")]
    public virtual long? CreationTime { get; set; }

    [JsonProperty("datasetReference")]
    public virtual DatasetReference DatasetReference { get; set; }

    [JsonProperty("defaultTableExpirationMs")]
    public virtual long? DefaultTableExpirationMs { get; set; }

    [JsonProperty("description")]
    public virtual string Description { get; set; }

    [JsonProperty("etag")]
    public virtual string ETag { get; set; }

    [JsonProperty("friendlyName")]
    public virtual string FriendlyName { get; set; }

    [JsonProperty("id")]
    public virtual string Id { get; set; }

    [JsonProperty("kind")]
    public virtual string Kind { get; set; }

    [JsonProperty("labels")]
    public virtual IDictionary<string, string> Labels { get; set; }

    [JsonProperty("location")]
    public virtual string Location { get; set; }

    [JsonProperty("maxTimeTravelHours")]
    public virtual long? MaxTimeTravelHours { get; set; }
}

/// <summary>The full name of a dataset.</summary>
public class DatasetReference : IDirectResponseSchema
{
    [JsonProperty("datasetId")]
    public virtual string DatasetId { get; set; }

    [JsonProperty("projectId")]
    public virtual string ProjectId { get; set; }

    public virtual string ETag { get; set; }
}

/// <summary>A page of the datasets of a project.</summary>
public class DatasetList : IDirectResponseSchema
{
    [JsonProperty("datasets")]
    public virtual IList<DatasetsData> Datasets { get; set; }

    [JsonProperty("etag")]
    public virtual string ETag { get; set; }

    [JsonProperty("kind")]
    public virtual string Kind { get; set; }

    [JsonProperty("nextPageToken")]
    public virtual string NextPageToken { get; set; }

    public class DatasetsData
    {
        [JsonProperty("datasetReference")]
        public virtual DatasetReference DatasetReference { get; set; }

        [JsonProperty("friendlyName")]
        public virtual string FriendlyName { get; set; }

        [JsonProperty("id")]
        public virtual string Id { get; set; }

        [JsonProperty("kind")]
        public virtual string Kind { get; set; }

        [JsonProperty("labels")]
        public virtual IDictionary<string, string> Labels { get; set; }

        [JsonProperty("location")]
        public virtual string Location { get; set; }
    }
}
