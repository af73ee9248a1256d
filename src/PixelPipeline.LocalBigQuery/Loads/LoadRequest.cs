using System.Text.Json.Nodes;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Changes;
using PixelPipeline.LocalBigQuery.Tables;

namespace PixelPipeline.LocalBigQuery.Loads;

/// <summary>
/// A load job as a client asks for it, checked as far as it can be without the table
/// (https://cloud.google.com/bigquery/docs/reference/rest/v2/Job#JobConfigurationLoad).
/// </summary>
/// <param name="ProjectId">In whose name it runs.</param>
/// <param name="JobId">The client's name for the job, or one made here.</param>
/// <param name="Location">The client's, or <c>US</c>.</param>
/// <param name="Configuration">The job's configuration, as answers repeat it.</param>
/// <param name="To">Where the rows are to go.</param>
/// <param name="MaxBadRecords">How many rows that do not fit are left out before the load fails.</param>
/// <param name="IgnoreUnknownValues">Whether fields that the table lacks are dropped instead of refused.</param>
internal sealed record LoadRequest(
    string ProjectId,
    string JobId,
    string Location,
    JsonObject Configuration,
    Destination To,
    long MaxBadRecords,
    bool IgnoreUnknownValues)
{
    // What would change the rows, or the table, in a way that is not offered.
    private static readonly string[] NotOffered =
    [
        "autodetect", "schemaUpdateOptions", "hivePartitioningOptions", "rangePartitioning", "jsonExtension", "timeZone",
        "dateFormat", "timestampFormat", "destinationEncryptionConfiguration", "columnNameCharacterMap",
    ];

    /// <summary>A job whose file comes with it.</summary>
    /// <exception cref="ApiException">400: something in it is wrong or not offered.</exception>
    public static LoadRequest OfUpload(string projectId, JsonObject job)
    {
        var configuration = job["configuration"] as JsonObject;
        var load = configuration?["load"] as JsonObject
            ?? throw ApiException.Invalid("Required parameter is missing: configuration.load; a file comes with load jobs only.");
        CheckOffered(configuration!, load);
        var reference = job["jobReference"] as JsonObject ?? [];
        return new LoadRequest(
            projectId,
            RequestJson.Of(reference, "jobId") is { } id ? ResourceIds.Job(id) : $"job_{Guid.NewGuid():N}",
            RequestJson.Of(reference, "location") ?? "US",
            Repeated(configuration!, load),
            DestinationJson.Read(projectId, load, DefinitionOf(load), WriteDisposition.Append),
            Math.Max(0, RequestJson.Number(load["maxBadRecords"]) ?? 0),
            RequestJson.Flag(load, "ignoreUnknownValues"));
    }

    /// <summary>Why a job without a file is refused.</summary>
    public static ApiException WithoutFile(JsonNode? load) => load?["sourceUris"] is JsonArray { Count: > 0 }
        ? ApiException.Invalid("The local BigQuery does not read from Cloud Storage: send the file itself (bq load takes a path).", "sourceUris")
        : ApiException.Invalid("Load configuration must specify at least one source URI", "sourceUris");

    private static void CheckOffered(JsonObject configuration, JsonObject load)
    {
        if (load["sourceUris"] is JsonArray { Count: > 0 })
        {
            throw WithoutFile(load);
        }

        if (RequestJson.Flag(configuration, "dryRun"))
        {
            throw ApiException.Invalid("A load job has no dry run.", "dryRun");
        }

        if (RequestJson.Of(load, "sourceFormat") is not "NEWLINE_DELIMITED_JSON" and var format)
        {
            throw ApiException.Invalid(
                $"The local BigQuery loads the source format NEWLINE_DELIMITED_JSON only, not {RequestJson.Short(format ?? "CSV")}.", "sourceFormat");
        }

        if (RequestJson.Of(load, "encoding") is not (null or "" or "UTF-8"))
        {
            throw ApiException.Invalid("The local BigQuery loads the encoding UTF-8 only.", "encoding");
        }

        if (Array.Find(NotOffered, name => IsSet(load[name])) is { } other)
        {
            throw ApiException.Invalid($"The local BigQuery does not offer {other} in load jobs.", other);
        }
    }

    private static bool IsSet(JsonNode? value) => value switch
    {
        null or JsonArray { Count: 0 } => false,
        JsonValue single => single.ToString() is not ("" or "false"),
        _ => true,
    };

    private static TableDefinition? DefinitionOf(JsonObject load)
    {
        if (load["schema"]?["fields"] is not JsonArray { Count: > 0 })
        {
            return null;
        }

        var properties = (string[])["schema", "timePartitioning", "clustering"];
        return TableDefinition.New(new JsonObject(properties.Select(name => KeyValuePair.Create(name, load[name]?.DeepClone()))));
    }

    private static JsonObject Repeated(JsonObject configuration, JsonObject load)
    {
        var repeated = load.DeepClone().AsObject();
        repeated["createDisposition"] ??= "CREATE_IF_NEEDED";
        repeated["writeDisposition"] ??= "WRITE_APPEND";
        var whole = new JsonObject { ["jobType"] = "LOAD", ["load"] = repeated };
        if (configuration["labels"] is { } labels)
        {
            whole["labels"] = labels.DeepClone();
        }

        return whole;
    }
}
