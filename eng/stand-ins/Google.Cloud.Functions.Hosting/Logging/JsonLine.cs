using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Google.Cloud.Functions.Hosting.Logging;

/// <summary>The line that Cloud Logging reads as a structured entry.</summary>
internal static class JsonLine
{
    private const string OriginalFormat = "{OriginalFormat}";

    internal static string Format(LogLine line)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("message", line.Message);
            json.WriteString("category", line.Category);
            if (line.Exception is not null)
            {
                json.WriteString("exception", line.Exception.ToString());
            }

            json.WriteString("severity", Severity(line.Level));
            WriteParameters(json, line.Parameters);
            WriteScopes(json, line.Scopes);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string Severity(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "DEBUG",
        LogLevel.Information => "INFO",
        LogLevel.Warning => "WARNING",
        LogLevel.Error => "ERROR",
        _ => "CRITICAL",
    };

    private static void WriteParameters(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object?>> parameters)
    {
        KeyValuePair<string, object?>[] all = [.. parameters.Where(parameter => !string.IsNullOrEmpty(parameter.Key))];
        if (!Array.Exists(all, parameter => parameter.Key != OriginalFormat))
        {
            return;
        }

        json.WriteStartObject("format_parameters");
        foreach (var (key, value) in all)
        {
            // Cloud Logging takes no field name that begins with a digit.
            json.WriteString(char.IsAsciiDigit(key[0]) ? $"_{key}" : key, Text(value));
        }

        json.WriteEndObject();
    }

    private static void WriteScopes(Utf8JsonWriter json, IExternalScopeProvider scopes)
    {
        var found = new List<object>();
        scopes.ForEachScope(static (scope, list) => list.Add(scope ?? ""), found);
        if (found.Count == 0)
        {
            return;
        }

        json.WriteStartArray("scopes");
        foreach (var scope in found)
        {
            WriteScope(json, scope);
        }

        json.WriteEndArray();
    }

    private static void WriteScope(Utf8JsonWriter json, object scope)
    {
        if (scope is not IEnumerable<KeyValuePair<string, object?>> pairs)
        {
            json.WriteStringValue(Text(scope));
            return;
        }

        json.WriteStartObject();
        foreach (var (key, value) in pairs.Where(pair => !string.IsNullOrEmpty(pair.Key)))
        {
            json.WriteString(key, Text(value));
        }

        json.WriteEndObject();
    }

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
