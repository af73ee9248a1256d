using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>The body of https://cloud.google.com/bigquery/docs/reference/rest/v2/tabledata/insertAll.</summary>
public class TableDataInsertAllRequest : IDirectResponseSchema
{
    [JsonProperty("ignoreUnknownValues")]
    public virtual bool? IgnoreUnknownValues { get; set; }

    [JsonProperty("kind")]
    public virtual string Kind { get; set; }

    [JsonProperty("rows")]
    public virtual IList<RowsData> Rows { get; set; }

    [JsonProperty("skipInvalidRows")]
    public virtual bool? SkipInvalidRows { get; set; }

    [JsonProperty("templateSuffix")]
    public virtual string TemplateSuffix { get; set; }

    public virtual string ETag { get; set; }

    public class RowsData
    {
        [JsonProperty("insertId")]
        public virtual string InsertId { get; set; }

        [JsonProperty("json")]
        public virtual IDictionary<string, object> Json { get; set; }
    }
}

/// <summary>The answer to insertAll: the rows with errors, if any.</summary>
public class TableDataInsertAllResponse : IDirectResponseSchema
{
    [JsonProperty("insertErrors")]
    public virtual IList<InsertErrorsData> InsertErrors { get; set; }

    [JsonProperty("kind")]
    public virtual string Kind { get; set; }

    public virtual string ETag { get; set; }

    public class InsertErrorsData
    {
        [JsonProperty("errors")]
        public virtual IList<ErrorProto> Errors { get; set; }

        [JsonProperty("index")]
        public virtual long? Index { get; set; }
    }
}

public class ErrorProto : IDirectResponseSchema
{
    [JsonProperty("debugInfo")]
    public virtual string DebugInfo { get; set; }

    [JsonProperty("location")]
    public virtual string Location { get; set; }

    [JsonProperty("message")]
    public virtual string Message { get; set; }

    [JsonProperty("reason")]
    public virtual string Reason { get; set; }

    public virtual string ETag { get; set; }
}

/// <summary>A page of the rows of a table.</summary>
public class TableDataList : IDirectResponseSchema
{
    [JsonProperty("etag")]
    public virtual string ETag { get; set; }

    [JsonProperty("kind")]
    public virtual string Kind { get; set; }

    [JsonProperty("pageToken")]
    public virtual string PageToken { get; set; }

    [JsonProperty("rows")]
    public virtual IList<TableRow> Rows { get; set; }

    [JsonProperty("totalRows")]
    public virtual long? TotalRows { get; set; }
}

public class TableRow : IDirectResponseSchema
{
    [JsonProperty("f")]
    public virtual IList<TableCell> F { get; set; }

    public virtual string ETag { get; set; }
}

public class TableCell : IDirectResponseSchema
{
    [JsonProperty("v")]
    public virtual object V { get; set; }

    public virtual string ETag { get; set; }
}
