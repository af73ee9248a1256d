using System.Text.Json;
using PixelPipeline.LocalBigQuery.Api;

namespace PixelPipeline.LocalBigQuery.Inserts;

/// <summary>
/// The body of <c>tabledata.insertAll</c>
/// (https://cloud.google.com/bigquery/docs/reference/rest/v2/tabledata/insertAll), checked as far as it can be
/// without the table.
/// </summary>
internal sealed class InsertAllRequest
{
    /// <summary>The most rows a request may have (https://cloud.google.com/bigquery/quotas#streaming_inserts).</summary>
    public const int MaximumRows = 50_000;

    private const int MaximumInsertIdLength = 128;

    private InsertAllRequest(JsonElement body, JsonElement rows)
    {
        SkipInvalidRows = Flag(body, "skipInvalidRows");
        IgnoreUnknownValues = Flag(body, "ignoreUnknownValues");
        TemplateSuffix = Text(body, "templateSuffix") is { Length: > 0 } suffix ? suffix : null;
        Rows = rows;
    }

    /// <summary>Whether valid rows are inserted although others are not.</summary>
    public bool SkipInvalidRows { get; }

    /// <summary>Whether fields that the table lacks are dropped instead of refused.</summary>
    public bool IgnoreUnknownValues { get; }

    /// <summary>What is added to the template table's id to name the table that the rows go to; null without one.</summary>
    public string? TemplateSuffix { get; }

    /// <summary>An array of 1 to <see cref="MaximumRows"/> elements.</summary>
    public JsonElement Rows { get; }

    /// <summary>Checks the body.</summary>
    /// <exception cref="ApiException">400: it is no such body, or has no rows or too many.</exception>
    public static InsertAllRequest Parse(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw ApiException.Invalid("The request has to be a JSON object.");
        }

        if (!body.TryGetProperty("rows", out var rows) || rows.ValueKind != JsonValueKind.Array || rows.GetArrayLength() == 0)
        {
            throw ApiException.Invalid("No rows present in the request.", "rows");
        }

        var count = rows.GetArrayLength();
        return count <= MaximumRows
            ? new InsertAllRequest(body, rows)
            : throw ApiException.Invalid($"Too many rows present in the request, limit: {MaximumRows} row count: {count}.", "rows");
    }

    /// <summary>The fields of a row; false when it has none.</summary>
    public static bool TryGetFields(JsonElement row, out JsonElement fields)
    {
        fields = default;
        return row.ValueKind == JsonValueKind.Object
            && row.TryGetProperty("json", out fields)
            && fields.ValueKind == JsonValueKind.Object;
    }

    /// <summary>What the row is recognised by when it is sent again, or null.</summary>
    /// <exception cref="ApiException">400: it is no string, or too long.</exception>
    public static string? InsertId(JsonElement row) => Text(row, "insertId") switch
    {
        null or "" => null,
        { Length: > MaximumInsertIdLength } => throw ApiException.Invalid(
            $"An insertId has at most {MaximumInsertIdLength} characters.", "insertId"),
        var id => id,
    };

    private static string? Text(JsonElement owner, string property)
    {
        if (!owner.TryGetProperty(property, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return RequestJson.TryRead(value, out var text)
            ? text
            : throw ApiException.Invalid($"The value of {property} has to be a string.", property);
    }

    private static bool Flag(JsonElement body, string property)
    {
        if (!body.TryGetProperty(property, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return false;
        }

        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw ApiException.Invalid($"The value of {property} has to be true or false.", property);
    }
}
