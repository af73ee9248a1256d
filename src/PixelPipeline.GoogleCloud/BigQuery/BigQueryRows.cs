using PixelPipeline.Events;

namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>Columns in the client library's types.</summary>
internal static class BigQueryRows
{
    /// <summary>The schema of a table with these columns.</summary>
    public static Google.Apis.Bigquery.v2.Data.TableSchema ToTableSchema(IEnumerable<Column> columns) => new()
    {
        Fields = [.. columns.Select(c => new Google.Apis.Bigquery.v2.Data.TableFieldSchema
        {
            Name = c.Name,
            Type = c.Type.ToString().ToUpperInvariant(),
            Mode = c.IsRequired ? "REQUIRED" : "NULLABLE",
            Description = c.Description,
        })],
    };
}
