using System.Text.Json.Nodes;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Sql;
using PixelPipeline.LocalBigQuery.Sql.Functions;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Queries;

/// <summary>
/// Reads <c>queryParameters</c> (https://cloud.google.com/bigquery/docs/reference/rest/v2/QueryParameter): scalars and
/// arrays of them.
/// </summary>
internal static class QueryParameters
{
    private const int Most = 10_000;

    /// <summary>The parameters in their order; none when the property is absent.</summary>
    /// <exception cref="ApiException">400: one has a type that is not offered, or a value that does not fit its type.</exception>
    public static IReadOnlyList<QueryParameter> Read(JsonNode? parameters)
    {
        var list = parameters as JsonArray ?? [];
        return list.Count <= Most
            ? [.. list.Select((parameter, index) => Read(parameter, index))]
            : throw ApiException.Invalid($"More than {Most} query parameters.", "queryParameters");
    }

    private static QueryParameter Read(JsonNode? node, int index)
    {
        if (node is not JsonObject parameter || parameter["parameterType"] is not JsonObject type)
        {
            throw ApiException.Invalid("A query parameter needs a parameterType.", "queryParameters");
        }

        var name = RequestJson.Of(parameter, "name");
        var called = string.IsNullOrEmpty(name) ? $"{index + 1}" : name;
        var value = parameter["parameterValue"] as JsonObject;
        if (type["arrayType"] is not JsonObject element)
        {
            var scalar = TypeOf(type, called);
            return new QueryParameter(string.IsNullOrEmpty(name) ? null : name, scalar, Convert(value, scalar, called));
        }

        var elementType = TypeOf(element, called);
        var elements = value?["arrayValues"] as JsonArray ?? [];
        if (elements.Count > Most)
        {
            throw ApiException.Invalid($"Query parameter {RequestJson.Short(called)}: more than {Most} values.", "queryParameters");
        }

        var values = elements.Select(v => Convert(v as JsonObject, elementType, called)).ToArray();
        return new QueryParameter(string.IsNullOrEmpty(name) ? null : name, DataType.ArrayOf(elementType), values);
    }

    private static SqlType TypeOf(JsonObject type, string name)
    {
        var text = RequestJson.Of(type, "type") ?? "";
        return SqlTypes.Parse(text) ?? throw ApiException.Invalid($"Query parameter {RequestJson.Short(name)}: the type {RequestJson.Short(text)} is not offered.", "queryParameters");
    }

    private static object? Convert(JsonObject? holder, SqlType type, string name)
    {
        var text = holder?["value"] switch
        {
            null => null,
            JsonValue value => value.ToString(),
            _ => throw ApiException.Invalid($"Query parameter {RequestJson.Short(name)}: its value has to be text.", "queryParameters"),
        };
        if (text is null || type == SqlType.String)
        {
            return text;
        }

        try
        {
            return type == SqlType.Bytes ? System.Convert.FromBase64String(text) : Casts.Find(SqlType.String, type)!.Call(text);
        }
        catch (Exception e) when (e is GoogleSqlException or FormatException)
        {
            throw ApiException.Invalid($"Query parameter {RequestJson.Short(name)}: {RequestJson.Short(text)} is no {type.Name()}.", "queryParameters");
        }
    }
}
