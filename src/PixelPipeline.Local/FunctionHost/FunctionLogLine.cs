using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace PixelPipeline.Local.FunctionHost;

/// <summary>One line of the function's log, as the functions framework writes it for Cloud Logging.</summary>
/// <seealso href="https://cloud.google.com/logging/docs/structured-logging"/>
internal static class FunctionLogLine
{
    /// <summary>Tells a line on, at its own level; a line that is no log entry counts as information.</summary>
    public static void Tell(ILogger logger, string? line)
    {
        if (string.IsNullOrEmpty(line))
        {
            return;
        }

        var (level, message) = Read(line);
        logger.Log(level, "{Message}", message);
    }

    private static (LogLevel Level, string Message) Read(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return (LevelOf(Text(json, "severity")), Text(json, "message") ?? line);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (LogLevel.Information, line); // something else that the process printed
        }
    }

    private static string? Text(JsonDocument json, string name) =>
        json.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static LogLevel LevelOf(string? severity) => severity switch
    {
        "DEBUG" => LogLevel.Debug,
        "WARNING" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        "CRITICAL" => LogLevel.Critical,
        _ => LogLevel.Information,
    };
}
