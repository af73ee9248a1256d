using Google.Cloud.BigQuery.V2;
using PixelPipeline.Events;

namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>Rows and columns in the client library's types.</summary>
internal static class BigQueryRows
{
    /// <summary>A row to insert; columns without a value are left out, which BigQuery takes for NULL.</summary>
    public static BigQueryInsertRow ToInsertRow(EventRow row)
    {
        var insertRow = new BigQueryInsertRow(row.InsertId);
        for (var i = 0; i < row.Columns.Length; i++)
        {
            if (row.Values[i] is { } value)
            {
                insertRow.Add(row.Columns[i].Name, value);
            }
        }

        return insertRow;
    }

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
