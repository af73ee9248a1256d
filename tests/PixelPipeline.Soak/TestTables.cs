using System.Text.Json.Nodes;
using Google.Apis.Bigquery.v2.Data;
using Google.Cloud.BigQuery.V2;

namespace PixelPipeline.Soak;

/// <summary>
/// The schema of a fault run: the shipped one and a number. BigQuery's table differs from it by one column, so that
/// BigQuery refuses the rows that have something there: a table that somebody changed.
/// </summary>
internal static class TestTables
{
    /// <summary>Writes the schema file for the function.</summary>
    public static JsonArray WriteSchema(string shippedSchema, string path)
    {
        var schema = JsonNode.Parse(File.ReadAllBytes(shippedSchema))!.AsArray();
        schema.Add(new JsonObject { ["name"] = "amount", ["type"] = "INTEGER" });
        File.WriteAllText(path, schema.ToJsonString());
        return schema;
    }

    /// <summary>Makes the dataset and the base table, where <c>referer</c> is an INTEGER.</summary>
    public static async Task MakeAsync(BigQueryClient client, JsonArray schema, bool isPartitioned, CancellationToken cancellationToken)
    {
        await client.CreateDatasetAsync("pixels", new Dataset { Location = "US" }, cancellationToken: cancellationToken);
        var fields = schema.Select(column => new TableFieldSchema
        {
            Name = (string)column!["name"]!,
            Type = (string)column["name"]! == "referer" ? "INTEGER" : (string)column["type"]!,
            Mode = (string?)column["mode"] ?? "NULLABLE",
        });
        var table = new Table { Schema = new TableSchema { Fields = [.. fields] } };
        if (isPartitioned)
        {
            table.TimePartitioning = new TimePartitioning { Type = "DAY", Field = "event_time" };
            table.Clustering = new Clustering { Fields = ["user_id", "type"] };
        }

        await client.CreateTableAsync("pixels", "pixel", table, cancellationToken: cancellationToken);
    }
}
