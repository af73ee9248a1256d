using System.Text.Json.Nodes;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Tables;

namespace PixelPipeline.LocalBigQuery.Changes;

/// <summary>Reads where a job's rows go, as the configurations of loads, queries and copies spell it.</summary>
internal static class DestinationJson
{
    /// <summary>Reads <c>destinationTable</c>, <c>createDisposition</c> and <c>writeDisposition</c>.</summary>
    /// <exception cref="ApiException">400: one of them is missing or none that there is.</exception>
    public static Destination Read(string projectId, JsonObject configuration, TableDefinition? definition, WriteDisposition usual) => new(
        Table(projectId, configuration["destinationTable"] as JsonObject, "destinationTable"),
        definition,
        Choice(configuration, "createDisposition", 0, "CREATE_IF_NEEDED", "CREATE_NEVER") == 0,
        (WriteDisposition)Choice(configuration, "writeDisposition", (int)usual, "WRITE_APPEND", "WRITE_TRUNCATE", "WRITE_EMPTY"));

    /// <summary>Reads a TableReference, whose id may name a partition.</summary>
    /// <exception cref="ApiException">400: it is missing, or names no table.</exception>
    public static TableAddress Table(string projectId, JsonObject? reference, string property)
    {
        var table = reference ?? throw ApiException.Invalid($"Required parameter is missing: {property}", property);
        var project = ResourceIds.Project(RequestJson.Of(table, "projectId") ?? projectId);
        return TableAddress.Decorated(new DatasetAddress(project, ResourceIds.Dataset(RequestJson.Of(table, "datasetId"))), RequestJson.Of(table, "tableId"));
    }

    private static int Choice(JsonObject configuration, string property, int usual, params string[] choices)
    {
        var text = RequestJson.Of(configuration, property) is { Length: > 0 } given ? given : choices[usual];
        return Array.IndexOf(choices, text) is var index and >= 0
            ? index
            : throw ApiException.Invalid($"Invalid value for {property}: {RequestJson.Short(text)}; it is one of {string.Join(", ", choices)}.", property);
    }
}
