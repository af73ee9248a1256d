using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Functions;

/// <summary>The <see href="https://cloud.google.com/bigquery/docs/reference/standard-sql/json_functions">JSON functions</see>, of texts and of JSON.</summary>
internal static class JsonFunctions
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 500 };
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 500 };

    public static void AddTo(FunctionTable table)
    {
        foreach (var name in (string[])["JSON_VALUE", "JSON_EXTRACT_SCALAR"])
        {
            table.Add(name, (string s) => Scalar(Read(s)));
            table.Add(name, (string s, string path) => Scalar(Find(Read(s), path)));
            table.Add(name, (Json j) => Scalar(Read(j.Text)));
            table.Add(name, (Json j, string path) => Scalar(Find(Read(j.Text), path)));
        }

        foreach (var name in (string[])["JSON_QUERY", "JSON_EXTRACT"])
        {
            table.Add(name, (string s, string path) => Text(Find(Read(s), path)));
            table.Add(name, (Json j, string path) => Text(Find(Read(j.Text), path)) is { } text ? new Json(text) : (Json?)null);
        }

        foreach (var name in (string[])["JSON_VALUE_ARRAY", "JSON_EXTRACT_STRING_ARRAY"])
        {
            table.Add(name, (string s) => Items(Read(s), Scalar));
            table.Add(name, (string s, string path) => Items(Find(Read(s), path), Scalar));
            table.Add(name, (Json j, string path) => Items(Find(Read(j.Text), path), Scalar));
        }

        foreach (var name in (string[])["JSON_QUERY_ARRAY", "JSON_EXTRACT_ARRAY"])
        {
            table.Add(name, (string s) => Items(Read(s), Text));
            table.Add(name, (string s, string path) => Items(Find(Read(s), path), Text));
        }

        table.Add("PARSE_JSON", (string s) => Parse(s));
        table.Add("TO_JSON_STRING", (Json j) => j.Text);
        table.Add("TO_JSON_STRING", (string s) => JsonSerializer.Serialize(s, Plain));
        table.Add("TO_JSON_STRING", (long n) => Math.Abs((decimal)n) <= 9007199254740992 ? n.ToString(CultureInfo.InvariantCulture) : $"\"{n}\"");
        table.Add("TO_JSON_STRING", (bool b) => b ? "true" : "false");
        table.Add("STRING", (Json j) => Read(j.Text) is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : throw new GoogleSqlException("The provided JSON input is not a string"));
        table.Add("INT64", (Json j) => Read(j.Text) is JsonValue value && value.TryGetValue(out long number) ? number : throw new GoogleSqlException("The provided JSON input is not an integer"));
        table.Add("BOOL", (Json j) => Read(j.Text) is JsonValue value && value.TryGetValue(out bool flag) ? flag : throw new GoogleSqlException("The provided JSON input is not a boolean"));
        table.Add("JSON SUBSCRIPT", (Json j, string name) => Text(Read(j.Text) is JsonObject made && made.TryGetPropertyValue(name, out var value) ? value ?? Null : null) is { } text ? new Json(text) : (Json?)null);
        table.Add("JSON SUBSCRIPT", (Json j, long at) => Text(Read(j.Text) is JsonArray list && at >= 0 && at < list.Count ? list[(int)at] ?? Null : null) is { } text ? new Json(text) : (Json?)null);
    }

    // A JSON null, told from nothing.
    private static readonly JsonNode Null = JsonValue.Create("\0null")!;

    /// <summary>The JSON that a text is, in its shortest form.</summary>
    public static Json Parse(string text)
    {
        try
        {
            return new Json(JsonNode.Parse(text, documentOptions: Deep)?.ToJsonString(Plain) ?? "null");
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new GoogleSqlException("Invalid input to PARSE_JSON: syntax error while parsing");
        }
    }

    // Texts that are no JSON have nothing in them.
    private static JsonNode? Read(string text)
    {
        try
        {
            var node = JsonNode.Parse(text, documentOptions: Deep);
            _ = (node as JsonObject)?.Count; // two of one name are found when it is first looked at
            return node ?? Null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }

    private static JsonNode? Find(JsonNode? node, string path)
    {
        if (path.Length == 0 || path[0] != '$')
        {
            throw new GoogleSqlException($"JSONPath must start with '$': {path}");
        }

        foreach (var step in Steps(path))
        {
            node = node switch
            {
                JsonObject made when step is string name => made.TryGetPropertyValue(name, out var value) ? value ?? Null : null,
                JsonArray list when step is long at => at < list.Count ? list[(int)at] ?? Null : null,
                JsonArray list when step is string digits && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var at) => at < list.Count ? list[(int)at] ?? Null : null,
                _ => null,
            };
        }

        return node;
    }

    private static List<object> Steps(string path)
    {
        List<object> steps = [];
        for (var at = 1; at < path.Length;)
        {
            var (step, next) = path[at] switch
            {
                '.' when at + 1 < path.Length && path[at + 1] == '"' => Quoted(path, at + 1, '"'),
                '.' => Plainly(path, at + 1),
                '[' when at + 1 < path.Length && path[at + 1] is '\'' or '"' => InBrackets(path, Quoted(path, at + 1, path[at + 1])),
                '[' => Index(path, at + 1),
                _ => throw Invalid(path),
            };
            steps.Add(step);
            at = next;
        }

        return steps;
    }

    private static (object Step, int Next) Plainly(string path, int at)
    {
        var end = path.IndexOfAny(['.', '['], at);
        end = end < 0 ? path.Length : end;
        return end == at || path.AsSpan(at, end - at).ContainsAny("*@ '\"") ? throw Invalid(path) : (path[at..end], end);
    }

    private static (object Step, int Next) Quoted(string path, int at, char quote)
    {
        var end = path.IndexOf(quote, at + 1);
        return end < 0 ? throw Invalid(path) : (path[(at + 1)..end], end + 1);
    }

    private static (object Step, int Next) InBrackets(string path, (object Step, int Next) quoted) =>
        quoted.Next < path.Length && path[quoted.Next] == ']' ? (quoted.Step, quoted.Next + 1) : throw Invalid(path);

    private static (object Step, int Next) Index(string path, int at)
    {
        var end = path.IndexOf(']', at);
        return end > at && long.TryParse(path.AsSpan(at, end - at), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? (index, end + 1) : throw Invalid(path);
    }

    private static GoogleSqlException Invalid(string path) => new($"Invalid token in JSONPath at: {path}");

    private static string? Scalar(JsonNode? node) => node is JsonValue value && value != Null
        ? value.GetValueKind() switch { JsonValueKind.String => value.GetValue<string>(), _ => value.ToJsonString(Plain) }
        : null;

    private static string? Text(JsonNode? node) => node is null ? null : node == Null ? "null" : node.ToJsonString(Plain);

    private static string[]? Items(JsonNode? node, Func<JsonNode?, string?> read) =>
        node is JsonArray list ? [.. list.Select(item => read(item ?? Null)!)] : null;
}
