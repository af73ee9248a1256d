using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace PixelPipeline.LocalBigQuery.Api;

/// <summary>Reads JSON bodies, plain or gzip.</summary>
internal static class JsonBody
{
    /// <summary>The most bytes a body may have, decompressed (https://cloud.google.com/bigquery/quotas#streaming_inserts).</summary>
    public const int MaximumBytes = 10 * 1024 * 1024;

    /// <summary>Parses the body. Dispose the document: its memory is pooled.</summary>
    /// <exception cref="ApiException">400: it is no JSON, or encoded otherwise. 413: it is too large.</exception>
    public static async Task<JsonDocument> ReadAsync(HttpRequest request)
    {
        await using var body = Decode(request);
        await using var limited = new LimitedStream(body, MaximumBytes);
        try
        {
            return await JsonDocument.ParseAsync(limited, default, request.HttpContext.RequestAborted);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            throw NoJson();
        }
    }

    /// <summary>Parses the body as a resource that the caller may change.</summary>
    /// <exception cref="ApiException">400: it is no JSON object, or encoded otherwise. 413: it is too large.</exception>
    public static async Task<JsonObject> ReadResourceAsync(HttpRequest request)
    {
        using var document = await ReadAsync(request);
        return ToResource(document.RootElement);
    }

    /// <summary>Likewise, of a body that has been read.</summary>
    /// <exception cref="ApiException">400: it is no JSON object.</exception>
    public static JsonObject ParseResource(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return ToResource(document.RootElement);
        }
        catch (JsonException)
        {
            throw NoJson();
        }
    }

    private static ApiException NoJson() =>
        new(StatusCodes.Status400BadRequest, "parseError", "Parse Error: the body is not the JSON that was announced.");

    private static JsonObject ToResource(JsonElement body)
    {
        try
        {
            // Serialising checks what parsing leaves for later: that all text is Unicode and no name occurs twice.
            return body.ValueKind == JsonValueKind.Object
                ? JsonNode.Parse(JsonSerializer.Serialize(body), null, NoDuplicates)!.AsObject()
                : throw ApiException.Invalid("The request has to be a JSON object.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw ApiException.Invalid("The request has a name twice in one object, or text that is not Unicode.");
        }
    }

    private static JsonDocumentOptions NoDuplicates => new() { AllowDuplicateProperties = false };

    private static Stream Decode(HttpRequest request) => request.Headers.ContentEncoding.ToString() switch
    {
        "" or "identity" => request.Body,
        "gzip" => new GZipStream(request.Body, CompressionMode.Decompress),
        _ => throw ApiException.Invalid("Content-Encoding has to be gzip, or absent."),
    };
}
