using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace PixelPipeline.Local.FunctionHost;

/// <summary>One line of the function's log, as the functions framework writes it for Cloud Logging.</summary>
/// <param name="Level">Its own level; a line that is no log entry counts as information.</param>
/// <param name="Category">Who said it; empty for a line that is no log entry.</param>
/// <param name="Message">What it says.</param>
/// <param name="Ignored">How many entries it says were ignored; 0 where it tells nothing of that.</param>
/// <seealso href="https://cloud.google.com/logging/docs/structured-logging"/>
internal readonly record struct FunctionLogLine(LogLevel Level, string Category, string Message, long Ignored)
{
    private const string DroppedCategory = "DroppedEntriesLog";

    /// <summary>The setting that makes the function tell what it ignores and rejects.</summary>
    public static KeyValuePair<string, string> TellsDropped { get; } = new("Logging__LogLevel__PixelPipeline.Functions.Pixels." + DroppedCategory, "Information");

    /// <summary>True where it says which entries became no event rows.</summary>
    public bool IsOfDropped => Category.EndsWith(DroppedCategory, StringComparison.Ordinal);

    /// <summary>Reads a line.</summary>
    public static FunctionLogLine Read(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            _ = long.TryParse(root.TryGetProperty("format_parameters", out var parameters) ? Text(parameters, "Ignored") : null, CultureInfo.InvariantCulture, out var ignored);
            return new(LevelOf(Text(root, "severity")), Text(root, "category") ?? "", Text(root, "message") ?? line, ignored);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new(LogLevel.Information, "", line, 0); // something else that the process printed
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static LogLevel LevelOf(string? severity) => severity switch
    {
        "DEBUG" => LogLevel.Debug,
        "WARNING" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        "CRITICAL" => LogLevel.Critical,
        _ => LogLevel.Information,
    };
}
