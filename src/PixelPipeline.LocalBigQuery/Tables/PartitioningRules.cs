using System.Text.Json.Nodes;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Expiring;
using PixelPipeline.LocalBigQuery.Schemas;

namespace PixelPipeline.LocalBigQuery.Tables;

/// <summary>
/// Checks <c>timePartitioning</c> and <c>clustering</c> against the columns. They are stored and answered; here, all
/// rows of a table are in one place whatever they say.
/// </summary>
internal static class PartitioningRules
{
    private const int MaximumClusteringFields = 4;

    private static readonly string[] Granularities = ["DAY", "HOUR", "MONTH", "YEAR"];

    /// <summary>Refuses what names columns that are missing or of the wrong type.</summary>
    /// <exception cref="ApiException">400.</exception>
    public static void Check(JsonObject tableResource)
    {
        var schema = TableSchema.Of(tableResource);
        if (tableResource["timePartitioning"] is { } partitioning)
        {
            CheckPartitioning(partitioning as JsonObject, schema);
        }

        if (tableResource["clustering"] is { } clustering)
        {
            CheckClustering(clustering, schema);
        }
    }

    /// <summary>Refuses what is no number of milliseconds; absent is fine.</summary>
    /// <exception cref="ApiException">400.</exception>
    public static void RequireMilliseconds(JsonNode? node, string name)
    {
        try
        {
            _ = Expiration.Milliseconds(node);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw ApiException.Invalid($"The value of {name} has to be a number of milliseconds.", name);
        }
    }

    private static void CheckPartitioning(JsonObject? partitioning, TableSchema schema)
    {
        if (partitioning is null || !Granularities.Contains(RequestJson.Of(partitioning, "type")))
        {
            throw ApiException.Invalid("timePartitioning needs a type: DAY, HOUR, MONTH or YEAR.", "timePartitioning.type");
        }

        RequireMilliseconds(partitioning["expirationMs"], "timePartitioning.expirationMs");
        var field = RequestJson.Of(partitioning, "field");
        if (field is not null
            && (!schema.TryFind(field, out var index) || schema.Columns[index].Type is not (FieldType.Timestamp or FieldType.Date)))
        {
            throw ApiException.Invalid(
                "The field specified for time partitioning has to be a TIMESTAMP or DATE column of the schema.",
                "timePartitioning.field");
        }
    }

    private static void CheckClustering(JsonNode clustering, TableSchema schema)
    {
        var fields = (clustering as JsonObject)?["fields"] as JsonArray;
        if (fields is null or { Count: 0 or > MaximumClusteringFields } || !fields.All(field => IsColumn(field, schema)))
        {
            throw ApiException.Invalid(
                $"The fields specified for clustering have to be 1 to {MaximumClusteringFields} columns of the schema.",
                "clustering.fields");
        }
    }

    private static bool IsColumn(JsonNode? field, TableSchema schema) =>
        field is JsonValue value && value.TryGetValue<string>(out var name) && schema.TryFind(name, out _);
}
