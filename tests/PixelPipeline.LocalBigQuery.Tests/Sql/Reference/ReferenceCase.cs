using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using PixelPipeline.LocalBigQuery.Queries;
using PixelPipeline.LocalBigQuery.Sql;

namespace PixelPipeline.LocalBigQuery.Tests.Sql.Reference;

/// <summary>
/// One query and what Google's reference implementation of GoogleSQL answered, as <c>oracle.js</c> beside this file recorded it:
/// rows in canonical texts, or an error.
/// </summary>
internal sealed record ReferenceCase(string Query, string Family, IReadOnlyList<QueryParameter> Parameters, IReadOnlyList<string> Types, JsonArray? Rows, string? Note, bool IsDoubtful)
{
    /// <summary>The recorded cases.</summary>
    public static IEnumerable<ReferenceCase> All()
    {
        var path = Path.Combine(TestContext.CurrentContext.TestDirectory, "reference", "cases.jsonl.gz");
        using var lines = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (lines.ReadLine() is { } line)
        {
            yield return Read(JsonNode.Parse(line)!.AsObject());
        }
    }

    /// <summary>Whether the service refuses what the reference answers, or has what the reference lacks: the note beside the case says which.</summary>
    public bool ServiceDiffers => Note is not null;

    private static ReferenceCase Read(JsonObject line) => new(
        (string)line["query"]!,
        (string)line["family"]!,
        QueryParameters.Read(line["params"] is JsonArray given ? new JsonArray([.. given.Select(p => Parameter(p!.AsObject()))]) : null),
        line["types"] is JsonArray types ? [.. types.Select(t => (string)t!)] : [],
        line["rows"] as JsonArray,
        (string?)line["note"],
        line["doubt"] is not null);

    private static JsonObject Parameter(JsonObject given)
    {
        var type = new JsonObject { ["type"] = (string)given["type"]! };
        var value = new JsonObject { ["value"] = given["value"]?.GetValueKind() == JsonValueKind.String ? (string)given["value"]! : given["value"]?.ToJsonString() };
        return new JsonObject { ["name"] = (string?)given["name"], ["parameterType"] = type, ["parameterValue"] = value };
    }
}
