using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PixelPipeline.LocalBigQuery.Rest;

/// <summary>A method as the discovery document describes it (https://developers.google.com/discovery/v1/reference/apis#method).</summary>
/// <param name="Resource">The collection, <c>tables</c> for example.</param>
/// <param name="Name">The method in it, <c>get</c> for example.</param>
/// <param name="Verb">The HTTP method.</param>
/// <param name="Path">The path template after <c>/bigquery/v2/</c>, with its parameters in braces.</param>
/// <param name="Query">The query parameters as <c>name:type</c>, separated by spaces; the type is string unless given.</param>
/// <param name="Request">The schema of the body, or null.</param>
/// <param name="Response">The schema of the answer, or null.</param>
/// <param name="Upload">Where the method takes a file along; null when it does not. <c>bq query</c> counts on it at <c>jobs.insert</c>.</param>
internal sealed partial record DiscoveryMethod(
    string Resource, string Name, string Verb, string Path, string Query = "", string? Request = null, string? Response = null, string? Upload = null)
{
    /// <summary>The method as JSON.</summary>
    public JsonObject ToJson()
    {
        var pathParameters = PathParameter().Matches(Path).Select(match => match.Groups[1].Value).ToArray();
        var parameters = new JsonObject();
        foreach (var name in pathParameters)
        {
            parameters[name] = new JsonObject { ["type"] = "string", ["location"] = "path", ["required"] = true };
        }

        foreach (var parameter in Query.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = parameter.Split(':');
            parameters[parts[0]] = new JsonObject { ["type"] = parts.Length > 1 ? parts[1] : "string", ["location"] = "query" };
        }

        var method = new JsonObject
        {
            ["id"] = $"bigquery.{Resource}.{Name}",
            ["path"] = Path,
            ["flatPath"] = Path,
            ["httpMethod"] = Verb,
            ["parameters"] = parameters,
            ["parameterOrder"] = new JsonArray([.. pathParameters.Select(name => JsonValue.Create(name))]),
        };
        AddReference(method, "request", Request);
        AddReference(method, "response", Response);
        if (Upload is not null)
        {
            method["supportsMediaUpload"] = true;
            method["mediaUpload"] = new JsonObject
            {
                ["accept"] = new JsonArray("*/*"),
                ["protocols"] = new JsonObject
                {
                    ["simple"] = new JsonObject { ["multipart"] = true, ["path"] = Upload },
                    ["resumable"] = new JsonObject { ["multipart"] = true, ["path"] = Upload },
                },
            };
        }

        return method;
    }

    private static void AddReference(JsonObject method, string property, string? schema)
    {
        if (schema is not null)
        {
            method[property] = new JsonObject { ["$ref"] = schema };
        }
    }

    [GeneratedRegex("\\{([A-Za-z]+)\\}")]
    private static partial Regex PathParameter();
}
